import { type CaseResult, type Comparison, type Environment, type Finding, workloadLabel } from '../contract';
import { kernelById } from '../kernels';
import type { DeviceLimits } from '../kernels/kernel';
import { trafficBytes } from '../kernels/traffic';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatInterval,
  formatShare,
  formatTimes,
} from '../metrics';
import { product } from '../stats';
import type { ConcludeContext, Pair } from './experiment';
import { formatGain } from './growth';

/** What fusing is said to gain, by kernel. */
const CLAIMED: Readonly<Record<string, readonly [low: number, high: number]>> = {
  attention: [2, 4],
  'layernorm-linear': [1.3, 1.8],
  swiglu: [1.5, 2],
  'add-layernorm': [1.2, 1.5],
};

const nameOf = ({ engine, options }: CaseResult) => (engine === 'wgsl' ? String(options.variant) : engine);

function comparisonOf({ baseline, candidate }: Pair, { comparisons }: ConcludeContext) {
  return comparisons.find((c) => c.baseline === baseline.id && c.candidate === candidate.id);
}

/** Bytes that a variant's dispatches move; null when its program cannot be made for these limits. */
function traffic({ workload, options }: CaseResult, { limits }: Environment): number | null {
  if (workload.kind !== 'kernel') return null;
  const variant = kernelById(workload.id).variants.find((v) => v.id === options.variant);
  try {
    return variant ? trafficBytes(variant.program(workload, limits as unknown as DeviceLimits)) : null;
  } catch {
    return null;
  }
}

/** What is saved whatever the clock says: counted, so it holds on any adapter. */
function saved({ baseline, candidate }: Pair, environment: Environment): string[] {
  const [before, after] = [baseline.counters.dispatches, candidate.counters.dispatches];
  const [from, to] = [traffic(baseline, environment), traffic(candidate, environment)];
  const parts: string[] = [];
  if (before !== null && after !== null && before !== after) {
    parts.push(`${formatCount(after)} dispatch${after === 1 ? '' : 'es'} instead of ${formatCount(before)}`);
  }
  if (from !== null && to !== null && from !== to) {
    parts.push(
      `at least ${formatBytes(to)} moved instead of ${formatBytes(from)} (${formatShare(1 - to / from)} less)`,
    );
  }
  return parts.length > 0 ? [`A run of ${nameOf(candidate)} takes ${parts.join(' and ')}.`] : [];
}

/** "1.84× [1.80, 1.88] as fast as unfused (faster): 312 µs against 574 µs of GPU time." */
function compared({ baseline, candidate, clock }: Pair, { ratio, interval, verdict }: Comparison): string {
  const metric = clock === 'gpuNs' ? 'gpu.median' : 'wall.median';
  const [ours, theirs] = [candidate, baseline].map((c) => c.metrics[metric]?.value ?? null);
  const times =
    ours == null || theirs == null
      ? ''
      : `: ${formatDuration(ours)} against ${formatDuration(theirs)} of ${clock === 'gpuNs' ? 'GPU' : 'wall'} time`;
  return `${nameOf(candidate)} is ${formatTimes(ratio)} ${formatInterval(interval)} as fast as ${nameOf(baseline)} (${verdict})${times}.`;
}

/** Why a pair could not be compared. */
function whyNot({ baseline, candidate }: Pair, { environment }: ConcludeContext): string {
  for (const { outcome, ...run } of [candidate, baseline]) {
    if (outcome.status !== 'ok')
      return `${nameOf({ outcome, ...run })} is ${outcome.status}: ${outcome.reason.replace(/\.$/, '')}.`;
  }
  return environment.adapter?.software
    ? 'Times on a software adapter are not compared.'
    : `${nameOf(candidate)} and ${nameOf(baseline)} have too few samples in common to compare.`;
}

type Judgement = Pick<Finding, 'claim' | 'verdict'>;

/** A claim is confirmed when the whole interval reaches what is claimed at least; more is confirmation too. */
function judge(kernelId: string, comparison: Comparison | undefined): Judgement {
  const range = CLAIMED[kernelId];
  if (!range) return { claim: null, verdict: null };
  const claim = `Fusing gains ${range[0]}–${range[1]}×.`;
  if (!comparison) return { claim, verdict: 'not-applicable' };
  return { claim, verdict: comparison.interval[0] >= range[0] ? 'confirmed' : 'not-confirmed' };
}

/** One finding for each workload that has something to compare. */
function concludeWorkload(pairs: readonly Pair[], context: ConcludeContext): Finding[] {
  // Our own chain first: that pair is what the claim is about.
  const [first, ...others] = pairs.toSorted(
    (a, b) => Number(b.baseline.engine === 'wgsl') - Number(a.baseline.engine === 'wgsl'),
  );
  if (!first) return [];
  const { workload } = first.candidate;
  const { title } = kernelById(workload.id);
  const fusing = first.baseline.engine === 'wgsl';
  const comparison = comparisonOf(first, context);
  const sentences = [first, ...others].flatMap((pair) => {
    const found = comparisonOf(pair, context);
    return found ? compared(pair, found) : whyNot(pair, context);
  });
  return [
    {
      experiment: 'fusion',
      title: comparison
        ? `${title}: ${nameOf(first.candidate)} ${formatTimes(comparison.ratio)} as fast as ${nameOf(first.baseline)}`
        : `${title}: not compared`,
      text: [
        `${workloadLabel(workload)}:`,
        ...new Set(sentences),
        ...(fusing ? saved(first, context.environment) : []),
      ].join(' '),
      ...judge(workload.id, fusing ? comparison : undefined),
      evidence: [...new Set(pairs.flatMap((p) => [p.candidate.id, p.baseline.id]))],
    },
  ];
}

/** Our best kernels against one other engine over all workloads (ratios by geometric mean, method.md 16). */
function overall(engine: string, pairs: readonly Pair[], context: ConcludeContext): Finding[] {
  const found = pairs
    .filter((p) => p.baseline.engine === engine)
    .flatMap((pair) => comparisonOf(pair, context) ?? []);
  if (found.length < 2) return [];
  const mean = product(
    found.map(({ ratio, interval }) => ({ value: ratio, interval, power: 1 / found.length })),
  );
  const worst = found.reduce((a, b) => (b.ratio < a.ratio ? b : a));
  return [
    {
      experiment: 'fusion',
      title: `Our kernels: ${formatTimes(mean.value)} as fast as ${engine}`,
      text: `Geometric mean over ${found.length} comparisons: ${formatGain(mean)}; the least is ${formatTimes(worst.ratio)}, ${worst.candidate}.`,
      claim: null,
      verdict: null,
      evidence: found.flatMap((c) => [c.candidate, c.baseline]),
    },
  ];
}

/** @param pairs of one workload each. */
export function concludeFusion(pairs: readonly (readonly Pair[])[], context: ConcludeContext): Finding[] {
  const all = pairs.flat();
  const engines = [...new Set(all.map((p) => p.baseline.engine))].filter((engine) => engine !== 'wgsl');
  return [
    ...pairs.flatMap((group) => concludeWorkload(group, context)),
    ...engines.flatMap((engine) => overall(engine, all, context)),
  ];
}
