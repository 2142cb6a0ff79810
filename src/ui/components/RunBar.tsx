import { type ReactNode, useMemo } from 'react';
import { EXPERIMENTS, type PlannedCase, type RunSpec, workloadLabel } from '../../core';
import { engineLabel } from '../../report/table';
import type { Running } from '../store/live';
import type { ExperimentId } from '../store/state';
import { useLab } from '../use-lab';

const STAGES = {
  prepare: 'preparing',
  verify: 'verifying',
  'warm-up': 'warming up',
  sample: 'sampling',
  're-verify': 'verifying again',
} as const;

export function timeLeft(seconds: number): string {
  if (seconds < 1) return 'about 1 s left';
  if (seconds < 90) return `about ${Math.ceil(seconds)} s left`;
  return `about ${Math.ceil(seconds / 60)} min left`;
}

/** What is being done, in words: `case 3 of 14 · sampling ocr-cls f32 batch 2 on ort-webgpu, ort-wasm`. */
function what({ stage, planned, cases }: Running, plan: ReadonlyMap<string, PlannedCase>): string {
  if (!stage) return 'starting';
  const now = stage.caseIds.flatMap((id) => plan.get(id) ?? []);
  const subject = now[0] ? `${workloadLabel(now[0].workload)} on ${now.map(engineLabel).join(', ')}` : '';
  const nth = Math.min(cases.length + 1, planned.length);
  return `case ${nth} of ${planned.length} · ${STAGES[stage.name]} ${subject}`;
}

/** The cases of a spec by id. */
function planOf(spec: RunSpec): ReadonlyMap<string, PlannedCase> {
  const cases = spec.experiments.flatMap(
    (request) => EXPERIMENTS.find(({ id }) => id === request.id)?.cases(request, spec) ?? [],
  );
  return new Map(cases.map((planned) => [planned.id, planned]));
}

interface RunBarProps {
  readonly experiment: ExperimentId;
  /** Said while nothing runs: how many cases, about how long. */
  readonly estimate: ReactNode;
  readonly ready: boolean;
}

/** The line at the foot of the setup: the estimate and Run, or what is being done and Cancel. */
export function RunBar({ experiment, estimate, ready }: RunBarProps) {
  const running = useLab((s) => s.running);
  const run = useLab((s) => s.run);
  const cancel = useLab((s) => s.cancel);
  const mine = running?.experiment === experiment;
  const spec = running?.spec;
  const plan = useMemo(() => (spec ? planOf(spec) : new Map()), [spec]);
  return (
    <div className="run-bar">
      {running && mine ? (
        <>
          <div
            className="progress"
            role="progressbar"
            aria-label="Run"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(running.done * 100)}
          >
            <i style={{ transform: `scaleX(${running.done})` }} />
          </div>
          <p className="doing">
            <span>{running.cancelling ? 'cancelling: finished cases are kept' : what(running, plan)}</span>
            {running.etaS !== null && !running.cancelling && (
              <span className="mute nowrap">{timeLeft(running.etaS)}</span>
            )}
          </p>
          <button type="button" className="btn" disabled={running.cancelling} onClick={cancel}>
            Cancel
          </button>
        </>
      ) : (
        <>
          <p className="doing mute">{running ? 'Another experiment is running.' : estimate}</p>
          <button
            type="button"
            className="btn primary"
            disabled={!ready || running !== null}
            onClick={() => void run(experiment)}
          >
            Run
          </button>
        </>
      )}
    </div>
  );
}
