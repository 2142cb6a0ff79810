import { useMemo } from 'react';
import { EXPERIMENTS, type Finding, type RunResult } from '../core';
import type { ExperimentId } from './store/setup';

/** What a result says to an experiment's question, with the latency limit moved to where it is now. */
export function findingsUnder(
  experiment: ExperimentId,
  result: RunResult,
  limitMs: number | null,
): readonly Finding[] {
  const own = result.findings.filter((finding) => finding.experiment === experiment);
  const { spec, environment, cases, comparisons } = result;
  // Nothing is concluded from a run in flight, nor again where the limit is the result's own.
  if (own.length === 0 || limitMs === null || limitMs === spec.latencyLimitMs) return own;
  const question = EXPERIMENTS.find(({ id }) => id === experiment);
  const context = { spec: { ...spec, latencyLimitMs: limitMs }, environment, comparisons };
  return question?.conclude(cases, context) ?? own;
}

export function useFindings(
  experiment: ExperimentId,
  result: RunResult | null,
  limitMs: number | null,
): readonly Finding[] {
  return useMemo(
    () => (result ? findingsUnder(experiment, result, limitMs) : []),
    [experiment, result, limitMs],
  );
}
