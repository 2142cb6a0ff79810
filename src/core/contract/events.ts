import type { ErrorReport } from './errors';
import type { CaseResult, Environment, RunResult } from './result';

export const STAGES = ['prepare', 'verify', 'warm-up', 'sample', 're-verify'] as const;
export type Stage = (typeof STAGES)[number];

/** What a run tells while it works; everything a progress bar or a filling chart needs. */
export type RunEvent =
  | { readonly type: 'environment'; readonly environment: Environment }
  /** Note: what the lab changed by itself, e.g. shrinking a preset on a software adapter. */
  | { readonly type: 'notice'; readonly message: string }
  | { readonly type: 'planned'; readonly caseIds: readonly string[] }
  | { readonly type: 'stage'; readonly caseIds: readonly string[]; readonly stage: Stage }
  /** Shares of the run, 0…1; etaS is null until something was measured. */
  | { readonly type: 'progress'; readonly done: number; readonly etaS: number | null }
  /** The newest clock witness, 0…1 of the best rate seen. */
  | { readonly type: 'clock'; readonly share: number }
  | { readonly type: 'case'; readonly result: CaseResult }
  | { readonly type: 'finished'; readonly result: RunResult }
  | { readonly type: 'error'; readonly error: ErrorReport };
