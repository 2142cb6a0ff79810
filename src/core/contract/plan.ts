import type { CaseResult } from './result';

/** A case before it is run. `id` is stable: the same spec gives the same ids, so that a run can be resumed. */
export type PlannedCase = Pick<
  CaseResult,
  'id' | 'experiment' | 'workload' | 'engine' | 'load' | 'options'
> & {
  /** Cases of one group are prepared together and sampled in interleaved order, so that they compare. */
  readonly group: string;
};
