import { useMemo } from 'react';
import { EXPERIMENTS, type RunSpec } from '../../core';
import type { Problems } from '../store/setup';
import { useLab } from '../use-lab';

/** Creating a session, verifying before and after: a guess until something was measured. */
const AROUND_S = 1;

/** Seconds that a case takes at most, and most do: warm-up and sampling to their caps. */
function secondsPerCase({ sampling }: RunSpec): number {
  return sampling.maxSeconds + sampling.maxWarmupSeconds + AROUND_S;
}

function about(seconds: number): string {
  return seconds < 90 ? `${Math.max(5, Math.round(seconds / 5) * 5)} s` : `${Math.round(seconds / 60)} min`;
}

/** How many cases the setup makes, and about how long they take; or what keeps it from running. */
export function Estimate({ spec, problems }: { spec: RunSpec | null; problems: Problems }) {
  const environment = useLab((s) => s.environment);
  const cases = useMemo(() => (spec ? count(spec) : 0), [spec]);
  if (!spec) return Object.values(problems)[0];
  if (!environment) return 'Looking at the machine…';
  const seconds = cases * secondsPerCase(spec);
  const capped = spec.timeLimitS !== null && spec.timeLimitS < seconds;
  return `${cases} case${cases === 1 ? '' : 's'} · about ${about(capped ? spec.timeLimitS! : seconds)}${capped ? ' by the time limit' : ''}`;
}

function count(spec: RunSpec): number {
  return spec.experiments.reduce((sum, request) => {
    const experiment = EXPERIMENTS.find(({ id }) => id === request.id);
    return sum + (experiment?.cases(request, spec).length ?? 0);
  }, 0);
}
