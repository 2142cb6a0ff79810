import { useMemo } from 'react';
import type { Environment, RunResult } from '../core';
import { partialResult } from './store/live';
import type { ExperimentId, Origin, Shown } from './store/state';
import { useLab } from './use-lab';

export interface ShownResult {
  readonly result: RunResult;
  readonly origin: Origin | 'running';
}

/** What the view of an experiment shows: the run in flight as far as it is, else the last result opened. */
export function useShown(experiment: ExperimentId): ShownResult | null {
  const mine = useLab((s) => s.running?.experiment === experiment);
  // Picked apart, so that what is drawn changes with the cases and not with every tick of the progress.
  const spec = useLab((s) => s.running?.spec);
  const cases = useLab((s) => s.running?.cases);
  const startedAt = useLab((s) => s.running?.startedAt);
  const environment = useLab((s) => s.running?.environment ?? s.environment);
  const shown = useLab((s) => s.shown[experiment]);
  return useMemo(() => {
    if (!mine || !spec || !cases || !startedAt || !environment) return shown ?? null;
    return { result: partialResult({ spec, cases, startedAt }, environment), origin: 'running' };
  }, [mine, spec, cases, startedAt, environment, shown]);
}

/** A result measured elsewhere that is open, if one is: then the page is about its machine. */
export function useElsewhere(): Shown | undefined {
  return useLab((s) =>
    Object.values(s.shown).find(({ origin }) => origin === 'shared' || origin === 'imported'),
  );
}

/** The environment of what is in sight: of a result from elsewhere if one is open, else of this machine. */
export function useShownEnvironment(): { environment: Environment | null; result: RunResult | null } {
  const running = useLab((s) => s.running);
  const own = useLab((s) => s.environment);
  const last = useLab((s) =>
    s.route.at === 'view' && s.route.view === 'fusion' ? s.shown.fusion : s.shown.batch,
  );
  const shown = useElsewhere() ?? last;
  if (running) return { environment: running.environment ?? own, result: null };
  return { environment: shown?.result.environment ?? own, result: shown?.result ?? null };
}
