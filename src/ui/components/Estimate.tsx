import { useMemo } from 'react';
import { EXPERIMENTS, type RunResult, type RunSpec } from '../../core';
import type { ExperimentId, Problems } from '../store/setup';
import { useLab } from '../use-lab';

/** Creating a session, verifying before and after: a guess until something was measured. */
const AROUND_S = 1;

/** Seconds that a case takes at most, and most do: warm-up and sampling to their caps. */
function secondsPerCase({ sampling }: RunSpec): number {
  return sampling.maxSeconds + sampling.maxWarmupSeconds + AROUND_S;
}

/** Seconds a case took in the last run here: the best guess for the next. */
function measured({ durationS, cases }: RunResult): number {
  return durationS / Math.max(cases.length, 1);
}

function about(seconds: number): string {
  return seconds < 90 ? `${Math.max(5, Math.round(seconds / 5) * 5)} s` : `${Math.round(seconds / 60)} min`;
}

interface EstimateProps {
  readonly experiment: ExperimentId;
  readonly spec: RunSpec | null;
  readonly problems: Problems;
}

/** How many cases the setup makes, and about how long they take; or what keeps it from running. */
export function Estimate({ experiment, spec, problems }: EstimateProps) {
  const environment = useLab((s) => s.environment);
  const last = useLab((s) => s.shown[experiment]);
  const cases = useMemo(() => (spec ? count(spec) : 0), [spec]);
  if (experiment === 'fusion' && environment && !environment.adapter) return 'Kernels run on WebGPU only.';
  if (!spec) return Object.values(problems)[0];
  if (!environment) return 'Looking at the machine…';
  const seconds = cases * (last?.origin === 'run' ? measured(last.result) : secondsPerCase(spec));
  const capped = spec.timeLimitS !== null && spec.timeLimitS < seconds;
  return `${cases} case${cases === 1 ? '' : 's'} · about ${about(capped ? spec.timeLimitS! : seconds)}${capped ? ' by the time limit' : ''}`;
}

function count(spec: RunSpec): number {
  return spec.experiments.reduce((sum, request) => {
    const experiment = EXPERIMENTS.find(({ id }) => id === request.id);
    return sum + (experiment?.cases(request, spec).length ?? 0);
  }, 0);
}
