import { type Comparison, type RunResult, type Warning, workloadLabel } from '../core/contract';
import { formatInterval, formatTimes } from '../core/metrics';
import { plain } from './plain';
import { engineLabel } from './table';

/** `1 case`, `2 cases`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A comparison for people: `wgsl fused` against `ort-webgpu` on a workload. */
export interface ComparisonRow {
  readonly workload: string;
  readonly candidate: string;
  readonly baseline: string;
  readonly clock: string;
  readonly ratio: string;
  readonly interval: string;
  readonly verdict: Comparison['verdict'];
}

const CLOCKS = { gpuNs: 'GPU time', wallNs: 'wall time' } as const satisfies Record<
  Comparison['clock'],
  string
>;

export function comparisonRows({ cases, comparisons }: RunResult): ComparisonRow[] {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const engine = (id: string) => {
    const one = byId.get(id);
    return plain(one ? engineLabel(one) : id);
  };
  return comparisons.map(({ baseline, candidate, clock, ratio, interval, verdict }) => {
    const one = byId.get(candidate);
    return {
      workload: one ? plain(workloadLabel(one.workload)) : '',
      candidate: engine(candidate),
      baseline: engine(baseline),
      clock: CLOCKS[clock],
      ratio: formatTimes(ratio),
      interval: formatInterval(interval),
      verdict,
    };
  });
}

/** A warning with the cases that carry it. */
export interface WarningRow extends Warning {
  readonly cases: readonly string[];
}

/** The warnings of a result, each once, in the order in which they first appear. */
export function warningRows({ cases }: RunResult): WarningRow[] {
  const rows = new Map<string, WarningRow & { readonly cases: string[] }>();
  for (const one of cases) {
    for (const { code, message, next } of one.warnings) {
      const key = JSON.stringify([code, message]);
      const row = rows.get(key) ?? { code, message: plain(message), next: plain(next), cases: [] };
      row.cases.push(plain(one.id));
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}
