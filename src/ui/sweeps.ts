import { type CaseResult, curves, type Finding, modelSlug, type RunResult, type Series } from '../core';

/** The batch sweep of one model at one precision: what one chart shows. */
export interface Sweep {
  readonly key: string;
  readonly title: string;
  readonly cases: readonly CaseResult[];
  readonly series: readonly Series[];
  /** All batches asked for, measured or not yet. */
  readonly batches: readonly number[];
}

function keyOf({ workload }: CaseResult): string | null {
  return workload.kind === 'model' ? `${modelSlug(workload.model)} ${workload.dtype}` : null;
}

/** The sweeps of a result, in the order measured. */
export function sweepsOf(result: RunResult): Sweep[] {
  const cases = result.cases.filter((c) => c.experiment === 'batch');
  const keys = new Set(cases.map(keyOf).filter((key) => key !== null));
  return [...keys].map((key) => {
    const own = cases.filter((c) => keyOf(c) === key);
    const first = own[0]!.workload;
    const asked = result.spec.experiments
      .filter((request) => request.id === 'batch')
      .filter((r) =>
        r.models.some((model) => r.dtypes.some((dtype) => `${modelSlug(model)} ${dtype}` === key)),
      )
      .flatMap((request) => request.batches);
    const measured = own.flatMap(({ workload }) => (workload.kind === 'model' ? [workload.batch] : []));
    return {
      key,
      title: `${first.id} ${first.dtype}`,
      cases: own,
      series: curves(own, result.environment),
      batches: [...new Set([...asked, ...measured])].sort((a, b) => a - b),
    };
  });
}

/** Of all findings, those that rest on the sweep's cases, or on none. */
export function findingsOf(findings: readonly Finding[], { cases }: Sweep): Finding[] {
  const ids = new Set(cases.map((c) => c.id));
  return findings.filter(({ evidence }) => evidence.length === 0 || evidence.some((id) => ids.has(id)));
}
