import {
  type CaseResult,
  type Comparison,
  type Environment,
  type ExperimentRequest,
  type Finding,
  type PlannedCase,
  type RunSpec,
  remember,
} from '../contract';

/** Two cases whose ratio answers part of the question, and the clock to compare them by. */
export interface Pair {
  readonly baseline: CaseResult;
  readonly candidate: CaseResult;
  readonly clock: Comparison['clock'];
}

export interface ConcludeContext {
  readonly spec: RunSpec;
  readonly environment: Environment;
  /** Of the pairs that could be compared. */
  readonly comparisons: readonly Comparison[];
}

/** A question, the cases that answer it, and a pure function from their results to the answer. */
export interface Experiment {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** What the literature says, to be tested here. */
  readonly claim: string;
  /**
   * The cases of a request, in the order to run them.
   * @throws LabError `bad-spec` for a request that has nothing to run or cannot be.
   */
  cases(request: ExperimentRequest, spec: RunSpec): PlannedCase[];
  /** @param cases of a whole result; those of other experiments are passed over. */
  pairs(cases: readonly CaseResult[]): Pair[];
  /** @param cases of a whole result; those of other experiments are passed over. */
  conclude(cases: readonly CaseResult[], context: ConcludeContext): Finding[];
}

/** In lists of one key each, in order of first appearance. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) remember(groups, keyOf(value), (): T[] => []).push(value);
  return [...groups.values()];
}

/** Results of one workload each. */
export function byWorkload(cases: readonly CaseResult[]): CaseResult[][] {
  return groupBy(cases, (run) => JSON.stringify(run.workload));
}
