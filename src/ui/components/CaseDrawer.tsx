import { lazy, Suspense, useEffect, useRef } from 'react';
import { type CaseResult, formatBytes, formatCount, formatDuration, workloadLabel } from '../../core';
import { Swatch } from './Swatch';

const CaseTimes = lazy(() => import('./CaseTimes'));

const BYTES = new Set(['uploadedBytes', 'allocatedBytes', 'bytes', 'peakBytes']);
const COUNTERS: Readonly<Record<Exclude<keyof CaseResult['counters'], 'cpuOperators'>, string>> = {
  dispatches: 'Dispatches a run',
  passes: 'Passes a run',
  submits: 'Submits a run',
  uploadedBytes: 'Uploaded a run',
  allocatedBytes: 'Allocated a run',
  flops: 'Arithmetic a run',
  bytes: 'Bytes it must move',
  pipelines: 'Pipelines created',
  peakBytes: 'Peak GPU memory',
  nodes: 'Nodes of the graph',
  cpuNodes: 'Nodes on the CPU',
};

const STOPPED = {
  precise: 'the interval was narrow enough',
  'time-cap': 'the time for a case was up',
  'sample-cap': 'the most samples were taken',
  cancelled: 'the run was cancelled',
  none: 'it was not sampled',
} as const;

function Facts({ rows }: { rows: readonly (readonly [string, React.ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function counterRows({ counters }: CaseResult): [string, string][] {
  return (Object.keys(COUNTERS) as (keyof typeof COUNTERS)[]).flatMap((id) => {
    const value = counters[id];
    if (value === null) return [];
    return [[COUNTERS[id], BYTES.has(id) ? formatBytes(value) : formatCount(value)]];
  });
}

function verificationRows({ verification: v }: CaseResult): [string, string][] {
  if (!v) return [];
  return [
    ['Compared with', v.method],
    ['Largest error', v.maxError === null ? 'not finite' : v.maxError.toExponential(2)],
    ['Bound there', v.bound === null ? '–' : v.bound.toExponential(2)],
    ['Error ÷ bound', v.ratio === null ? '–' : v.ratio.toPrecision(2)],
    ['Elements', v.compared.toLocaleString('en')],
    ['Passed', v.passed ? 'yes ✓' : 'no ✗'],
  ];
}

function samplingRows({ sampling: s, samples }: CaseResult): [string, string][] {
  return [
    ['Session created in', samples.createNs === null ? '–' : formatDuration(samples.createNs)],
    ['First run', samples.firstNs === null ? '–' : formatDuration(samples.firstNs)],
    ['Warm-up', `${s.warmupRuns} runs, ${s.warmupConverged ? 'converged' : 'not converged'}`],
    ['Repeats in a pass', formatCount(s.repeats)],
    ['Ended because', STOPPED[s.stopped]],
    ['Discarded', `${s.discarded} taken while the page was hidden`],
  ];
}

/** Everything known of one case, beside the table. */
export function CaseDrawer({ case: shown, onClose }: { case: CaseResult; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes on Escape by itself; the click is on its backdrop.
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby="case-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="drawer-body">
        <div className="drawer-head">
          <div>
            <h2 id="case-title">{workloadLabel(shown.workload)}</h2>
            <p className="engine mute">
              <Swatch engine={shown.engine} /> {shown.engine} · {shown.load}
              {Object.entries(shown.options).map(([k, v]) => ` · ${k} ${v}`)}
            </p>
          </div>
          <button
            type="button"
            className="btn quiet icon"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          >
            ✕
          </button>
        </div>
        {shown.outcome.status !== 'ok' && (
          <div className="notice" data-tone={shown.outcome.status === 'interrupted' ? 'info' : 'bad'}>
            <div>
              <b>{shown.outcome.status}</b>
              <p>{shown.outcome.reason}</p>
            </div>
          </div>
        )}
        {shown.warnings.map((warning) => (
          <div key={warning.code} className="notice" data-tone="warn">
            <div>
              <b>{warning.message}</b>
              <p>{warning.next}</p>
            </div>
          </div>
        ))}
        {shown.outcome.status === 'ok' && (
          <Suspense fallback={<div className="times-waiting" />}>
            <CaseTimes case={shown} />
          </Suspense>
        )}
        <h3>Verification</h3>
        <Facts rows={verificationRows(shown)} />
        <h3>Counters</h3>
        <Facts rows={counterRows(shown)} />
        <h3>Sampling</h3>
        <Facts rows={samplingRows(shown)} />
        <p className="mono small mute id">{shown.id}</p>
      </div>
    </dialog>
  );
}
