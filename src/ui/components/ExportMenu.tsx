import type { RunResult } from '../../core';
import { REPORTS } from '../../report';
import { saveFile } from '../files';
import { Menu } from './Menu';

/** The result as a file, in every format there is. */
export default function ExportMenu({ result }: { result: RunResult }) {
  return (
    <Menu label="Export">
      {REPORTS.map(({ id, title, extension, mime, render }) => (
        <button
          key={id}
          type="button"
          onClick={() => saveFile(`rooflab-${result.id}.${extension}`, mime, render(result))}
        >
          {title} <small>.{extension}</small>
        </button>
      ))}
    </Menu>
  );
}
