import { type CaseResult, type Comparison, formatDuration, type Registry, workloadLabel } from '../core';
import { engineLabel } from '../report/table';
import type { KernelBar } from './charts/KernelBars';

/** One kernel at one shape: its variants side by side. */
export interface KernelGroup {
  readonly key: string;
  readonly title: string;
  readonly shape: string;
  readonly dtype: string;
  readonly bars: readonly KernelBar[];
  /** Whether the bars are shares of a measured ceiling; else they compare with the fastest. */
  readonly ceiling: boolean;
  /** Why there are no bars, where there are none. */
  readonly missing: string | null;
  readonly ratios: readonly Ratio[];
}

/** A comparison with the cases it is of. */
export interface Ratio extends Comparison {
  readonly from: CaseResult;
  readonly to: CaseResult;
}

const metricOf = (run: CaseResult, metric: string) => run.metrics[metric]?.value ?? null;

/** @param best the variant drawn full: those before it in the registry are its baselines. */
function barsOf(
  cases: readonly CaseResult[],
  best: string | undefined,
): Pick<KernelGroup, 'bars' | 'ceiling'> {
  const ok = cases.filter((c) => c.outcome.status === 'ok');
  // One clock for all of them: GPU time where every case has it.
  const clock = ok.every((c) => metricOf(c, 'gpu.median') !== null) ? 'gpu.median' : 'wall.median';
  const ceiling = ok.every((c) => metricOf(c, 'ceiling.share') !== null);
  const timed = ok.flatMap((run) => {
    const time = metricOf(run, clock);
    return time === null ? [] : [{ run, time }];
  });
  const fastest = Math.min(...timed.map(({ time }) => time));
  const bars = timed.map(({ run, time }): KernelBar => {
    const share = run.metrics['ceiling.share'];
    return {
      label: engineLabel(run),
      engine: run.engine,
      pale: run.options.variant !== undefined && run.options.variant !== best,
      share: ceiling ? (share?.value ?? 0) : fastest / time,
      interval: ceiling ? (share?.interval ?? null) : null,
      text: formatDuration(time),
    };
  });
  return { bars, ceiling };
}

/** The first reason that a case gives for having no time. */
function reasonOf(cases: readonly CaseResult[]): string {
  const outcome = cases.map((c) => c.outcome).find(({ status }) => status !== 'ok');
  return outcome && outcome.status !== 'ok' ? `${outcome.status}: ${outcome.reason}` : 'no time was measured';
}

export function kernelGroups(
  cases: readonly CaseResult[],
  comparisons: readonly Comparison[],
  kernels: Registry['kernels'],
): KernelGroup[] {
  const byId = new Map(cases.map((c) => [c.id, c]));
  const keys = new Set(cases.map((c) => workloadLabel(c.workload)));
  return [...keys].flatMap((key) => {
    const group = cases.filter((c) => workloadLabel(c.workload) === key);
    const workload = group[0]?.workload;
    if (workload?.kind !== 'kernel') return [];
    const kernel = kernels.find(({ id }) => id === workload.id);
    const drawn = barsOf(group, kernel?.variants.at(-1));
    const ratios = comparisons.flatMap((comparison): Ratio[] => {
      const [from, to] = [byId.get(comparison.baseline), byId.get(comparison.candidate)];
      return from && to && group.includes(from) && group.includes(to) ? [{ ...comparison, from, to }] : [];
    });
    return [
      {
        key,
        title: kernel?.title ?? workload.id,
        shape: workload.shape.join('×'),
        dtype: workload.dtype,
        missing: drawn.bars.length === 0 ? reasonOf(group) : null,
        ratios,
        ...drawn,
      },
    ];
  });
}
