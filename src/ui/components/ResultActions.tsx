import { useRef } from 'react';
import type { RunResult } from '../core';
import { copyText, saveFile } from '../files';
import { linkFor, REPORTS } from '../reports';
import { commandFor } from '../store/command';
import { useLab, useLabStore } from '../use-lab';
import { Menu } from './Menu';

/** What can be done with a result: share, export, repeat on the command line; and opening another. */
export function ResultActions({ result }: { result: RunResult | null }) {
  const store = useLabStore();
  const say = useLab((s) => s.say);
  const input = useRef<HTMLInputElement>(null);
  const { fail, take } = store.getState();

  const copy = async (text: string, done: string) => {
    try {
      await copyText(text);
      say(done);
    } catch (error) {
      fail(error);
    }
  };
  return (
    <div className="row actions">
      {result && (
        <>
          <button
            type="button"
            className="btn"
            onClick={() => void copy(linkFor(result), 'Link copied: it holds the whole result.')}
          >
            Copy link
          </button>
          <button
            type="button"
            className="btn"
            onClick={() => void copy(commandFor(result.spec), 'Command copied: the same run, headless.')}
          >
            Copy command
          </button>
          <Menu label="Export">
            {REPORTS.map(({ id, title, extension, type, write }) => (
              <button
                key={id}
                type="button"
                onClick={() => saveFile(`rooflab-${result.id}.${extension}`, type, write(result))}
              >
                {title} <small>.{extension}</small>
              </button>
            ))}
          </Menu>
        </>
      )}
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        Import
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="Result file"
        onChange={({ target }) => {
          if (target.files && target.files.length > 0) void take([...target.files]);
          target.value = '';
        }}
      />
    </div>
  );
}
