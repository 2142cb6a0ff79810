import { useState } from 'react';
import { formatDuration } from '../../core';
import { ResultActions } from '../components/ResultActions';
import type { HistoryEntry } from '../store/history';
import { useLab } from '../use-lab';

const when = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function Name({ entry }: { entry: HistoryEntry }) {
  const rename = useLab((s) => s.renameHistory);
  const open = useLab((s) => s.openHistory);
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <>
        <button type="button" className="open" onClick={() => void open(entry.id)}>
          {entry.name}
        </button>{' '}
        <button
          type="button"
          className="btn quiet small"
          aria-label={`Rename ${entry.name}`}
          onClick={() => setDraft(entry.name)}
        >
          Rename
        </button>
      </>
    );
  }
  const done = () => {
    if (draft.trim() !== '') void rename(entry.id, draft);
    setDraft(null);
  };
  return (
    <form
      className="row tight"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <input
        className="field"
        aria-label="Name"
        // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was just pressed.
        autoFocus
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
        onBlur={done}
      />
    </form>
  );
}

/** Every run of this browser, newest first. */
export default function HistoryView() {
  const history = useLab((s) => s.history);
  const remove = useLab((s) => s.removeHistory);
  return (
    <>
      <div className="head">
        <div>
          <h1>History</h1>
          <p className="claim">What was measured in this browser. It stays here: nothing is sent anywhere.</p>
        </div>
        <ResultActions result={null} />
      </div>
      {history.length === 0 ? (
        <p className="panel empty">
          <b>No runs yet</b>
          Runs are kept here as they end. A result.json of someone else opens with Import, or dropped on the
          page.
        </p>
      ) : (
        <div className="panel scroll">
          <table className="cases history">
            <thead>
              <tr>
                <th scope="col" data-align="left">
                  Measured
                </th>
                <th scope="col" data-align="left">
                  When
                </th>
                <th scope="col" data-align="left">
                  GPU
                </th>
                <th scope="col" data-align="left">
                  Questions
                </th>
                <th scope="col">Cases ok</th>
                <th scope="col">Took</th>
                <th scope="col">
                  <span className="hidden">Delete</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {history.map((entry) => (
                <tr key={entry.id}>
                  <td data-align="left">
                    <Name entry={entry} />
                  </td>
                  <td data-align="left">{when.format(new Date(entry.startedAt))}</td>
                  <td data-align="left">
                    {entry.gpu}{' '}
                    {entry.software && (
                      <span className="pill" data-tone="warn">
                        software
                      </span>
                    )}
                  </td>
                  <td data-align="left">{entry.experiments.join(', ')}</td>
                  <td>
                    {entry.ok} of {entry.cases}
                  </td>
                  <td>{formatDuration(entry.durationS * 1e9)}</td>
                  <td>
                    <button
                      type="button"
                      className="btn quiet"
                      aria-label={`Delete ${entry.name}`}
                      onClick={() => void remove(entry.id)}
                    >
                      Delete
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
