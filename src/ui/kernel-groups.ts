import { type CaseResult, type Comparison, formatDuration, workloadLabel } from '../core';
import { engineLabel } from '../report/table';
import type { KernelBar } from './charts/KernelBars';

/** One kernel at one shape: its variants side by side. */
export interface KernelGroup {
  readonly key: string;
  readonly kernel: string;
  readonly shape: string;
  readonly dtype: string;
  readonly bars: readonly KernelBar[];
  readonly ceiling: boolean;
  readonly cases: readonly CaseResult[];
  readonly ratios: readonly Ratio[];
}

/** A comparison with the names of its sides, and what the faster side saves. */
export interface Ratio extends Comparison {
  readonly from: CaseResult;
  readonly to: CaseResult;
}

function barsOf(cases: readonly CaseResult[]): Pick<KernelGroup, 'bars' | 'ceiling'> {
  const ok = cases.filter((c) => c.outcome.status === 'ok');
  const ceiling = ok.length > 0 && ok.every((c) => (c.metrics['ceiling.share']?.value ?? null) !== null);
  const times = ok.map((c) => c.metrics['gpu.median']?.value ?? c.metrics['wall.median']?.value ?? null);
  const fastest = Math.min(...times.filter((t) => t !== null));
  const bars = ok.flatMap((c, i): KernelBar[] => {
    const time = times[i];
    if (!time) return [];
    const share = c.metrics['ceiling.share'];
    return [
      {
        caseId: c.id,
        label: engineLabel(c),
        engine: c.engine,
        pale: c.options.variant === 'unfused' || c.options.variant === 'naive',
        share: ceiling ? (share?.value ?? 0) : fastest / time,
        interval: ceiling ? (share?.interval ?? null) : null,
        text: formatDuration(time),
      },
    ];
  });
  return { bars, ceiling };
}

export function kernelGroups(
  cases: readonly CaseResult[],
  comparisons: readonly Comparison[],
): KernelGroup[] {
  const byId = new Map(cases.map((c) => [c.id, c]));
  const keys = new Set(cases.map((c) => workloadLabel(c.workload)));
  return [...keys].flatMap((key) => {
    const group = cases.filter((c) => workloadLabel(c.workload) === key);
    const [first] = group;
    if (first?.workload.kind !== 'kernel') return [];
    const ids = new Set(group.map((c) => c.id));
    const ratios = comparisons.flatMap((comparison): Ratio[] => {
      const [from, to] = [byId.get(comparison.baseline), byId.get(comparison.candidate)];
      return from && to && ids.has(from.id) && ids.has(to.id) ? [{ ...comparison, from, to }] : [];
    });
    const { id, shape, dtype } = first.workload;
    return [{ key, kernel: id, shape: shape.join('×'), dtype, cases: group, ratios, ...barsOf(group) }];
  });
}
