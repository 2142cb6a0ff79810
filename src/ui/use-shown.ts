import { useMemo } from 'react';
import type { Environment, RunResult } from './core';
import { partialResult } from './store/live';
import type { Origin, ExperimentId } from './store/state';
import { useLab } from './use-lab';

export interface ShownResult {
  readonly result: RunResult;
  readonly origin: Origin | 'running';
}

/** What the view of an experiment shows: the run in flight as far as it is, else the last result opened. */
export function useShown(experiment: ExperimentId): ShownResult | null {
  const running = useLab((s) => s.running);
  const shown = useLab((s) => s.shown[experiment]);
  const environment = useLab((s) => s.environment);
  return useMemo(() => {
    if (running?.experiment === experiment && environment) {
      return { result: partialResult(running, environment), origin: 'running' as const };
    }
    return shown ?? null;
  }, [running, shown, environment, experiment]);
}

/** The environment of what is in sight: of a result from elsewhere if one is open, else of this machine. */
export function useShownEnvironment(): { environment: Environment | null; result: RunResult | null } {
  const running = useLab((s) => s.running);
  const own = useLab((s) => s.environment);
  const shown = useLab((s) => {
    if (s.route.at === 'shared') return Object.values(s.shown)[0];
    return s.route.view === 'fusion' || s.route.view === 'batch' ? s.shown[s.route.view] : undefined;
  });
  if (running) return { environment: running.environment ?? own, result: null };
  return { environment: shown?.result.environment ?? own, result: shown?.result ?? null };
}
