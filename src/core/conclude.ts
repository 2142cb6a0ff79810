import type { CaseResult, Comparison, Environment, Finding, RunSpec } from './contract';
import { EXPERIMENTS } from './experiments';
import { compareCases } from './metrics';

/** What the cases say: comparisons of those that pair, and findings of every experiment that was asked. */
export function conclude(
  spec: RunSpec,
  environment: Environment,
  cases: readonly CaseResult[],
): { comparisons: Comparison[]; findings: Finding[] } {
  const asked = EXPERIMENTS.filter(({ id }) => cases.some((c) => c.experiment === id));
  const answers = asked.map((experiment) => {
    const comparisons = experiment
      .pairs(cases)
      .map((p) => compareCases(p.baseline, p.candidate, p.clock, environment, spec.seed))
      .filter((c) => c !== null);
    return { comparisons, findings: experiment.conclude(cases, { spec, environment, comparisons }) };
  });
  return {
    comparisons: answers.flatMap((a) => a.comparisons),
    findings: answers.flatMap((a) => a.findings),
  };
}
