import { lazy, Suspense, useRef } from 'react';
import type { RunResult } from '../../core';
import { linkFor } from '../../report/link';
import { copyText } from '../files';
import { commandFor } from '../store/command';
import { useLabStore } from '../use-lab';

const ExportMenu = lazy(() => import('./ExportMenu'));

/** What can be done with a result: share it, repeat it on the command line, export it; and opening another. */
export function ResultActions({ result }: { result: RunResult | null }) {
  const { say, fail, take } = useLabStore().getState();
  const input = useRef<HTMLInputElement>(null);

  const copy = async (make: () => { text: string; done: string }) => {
    try {
      const { text, done } = make();
      await copyText(text);
      say(done);
    } catch (error) {
      fail(error);
    }
  };
  const copyLink = (shown: RunResult) =>
    copy(() => {
      const { url, note } = linkFor(shown, location.href);
      return { text: url, done: note ?? 'Link copied: it holds the whole result.' };
    });
  const copyCommand = (shown: RunResult) =>
    copy(() => ({ text: commandFor(shown.spec), done: 'Command copied: the same run, without the page.' }));

  return (
    <div className="row actions">
      {result && (
        <>
          <button type="button" className="btn" onClick={() => void copyLink(result)}>
            Copy link
          </button>
          <button type="button" className="btn" onClick={() => void copyCommand(result)}>
            Copy command
          </button>
          <Suspense>
            <ExportMenu result={result} />
          </Suspense>
        </>
      )}
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        Import
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.html,application/json,text/html"
        aria-label="Result file"
        onChange={({ target }) => {
          if (target.files && target.files.length > 0) void take([...target.files]);
          target.value = '';
        }}
      />
    </div>
  );
}
