import type { CaseResult, Environment } from './result';
import type { RunSpec } from './spec';

export interface RunnerOptions {
  /** Results of an earlier attempt at the same spec: their cases are not run again. */
  readonly resume: readonly CaseResult[];
  /** Ids of cases that took the browser down: recorded as failed with `browser-crashed`, not run again. */
  readonly crashed: readonly string[];
  /** Whether shapes may be made smaller on a software adapter; a `notice` event says so. */
  readonly shrink: boolean;
}

/**
 * What `runner.html` offers as `window.rooflab` to the program that drives it. Events of a run go to the
 * function `window.rooflabEvent`, which that program provides.
 */
export interface RunnerPage {
  probe(adapter: RunSpec['adapter']): Promise<Environment>;
  /** Null when there is no such preset. */
  presetSpec(id: string): RunSpec | null;
  /** Ends when the `finished` or `error` event was sent. */
  run(spec: RunSpec, options: RunnerOptions): Promise<void>;
  /** The run in progress soon ends with `finished`, cases not done being `interrupted`. */
  cancel(): void;
}
