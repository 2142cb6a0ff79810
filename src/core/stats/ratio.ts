import type { Interval } from './order';
import { integer, rng } from './random';

export type Verdict = 'faster' | 'slower' | 'same' | 'unclear';

export interface Ratio {
  /** Baseline ÷ candidate: above 1 the candidate is faster. */
  readonly ratio: number;
  /** 95 % interval. */
  readonly interval: Interval;
  readonly verdict: Verdict;
}

export interface RatioOptions {
  readonly seed: number;
  /** Smallest effect that matters, as a share. */
  readonly smallest?: number;
  /** `mean` where the clock is too coarse for a median to mean anything (method.md 2). */
  readonly statistic?: 'median' | 'mean';
}

const RESAMPLES = 2000;
/** From here on pairs are drawn in blocks; fewer would leave too few blocks. */
const MIN_PAIRS_FOR_BLOCKS = 100;
/** Under ten pairs the bootstrap's tails are too short to hold its promise. */
export const MIN_PAIRS = 10;
/** Tails of the interval that is reported, and of the one that a claim of a difference must clear. */
const REPORT_TAIL = 0.025;
const CLAIM_TAIL = 0.001;

/** A statistic of a resample, given how often each value was drawn (`counts` sums to the number of values). */
type Resampled = (counts: Uint16Array) => number;

/** Median of resamples without sorting each: the values' order is found once, then counts are walked in it. */
function resampledMedian(values: readonly number[]): Resampled {
  const order = Uint32Array.from(values.keys()).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const ascending = Float64Array.from(order, (i) => values[i] ?? 0);
  const n = values.length;
  const lowRank = (n + 1) >> 1;
  const highRank = (n >> 1) + 1;
  return (counts) => {
    let seen = 0;
    let i = -1;
    while (seen < lowRank) seen += counts[order[++i] ?? 0] ?? 0;
    const low = ascending[i] ?? 0;
    while (seen < highRank) seen += counts[order[++i] ?? 0] ?? 0;
    return (low + (ascending[i] ?? 0)) / 2;
  };
}

function resampledMean(values: readonly number[]): Resampled {
  return (counts) => values.reduce((sum, x, i) => sum + x * (counts[i] ?? 0), 0) / values.length;
}

function verdictOf(reported: Interval, claimed: Interval, smallest: number): Verdict {
  const margin = 1 + smallest;
  if (claimed[0] > margin) return 'faster';
  if (claimed[1] < 1 / margin) return 'slower';
  return reported[0] >= 1 / margin && reported[1] <= margin ? 'same' : 'unclear';
}

/**
 * How many times faster a candidate is than its baseline: the ratio of medians with a percentile bootstrap
 * interval over pairs (Efron & Tibshirani, An Introduction to the Bootstrap, 13.3). Pairs are drawn together,
 * so what disturbed both cancels; and in circular blocks of n^⅓ neighbours (Politis & Romano 1992; Hall, Horowitz
 * & Jing 1995), so that samples which resemble their neighbours do not pass for more evidence than they are.
 *
 * `same` when the 95 % interval lies within ± the smallest effect that matters. A difference is claimed only
 * when the 99.8 % interval lies wholly beyond that margin: the 95 % interval of noisy samples would clear it
 * by chance once in twenty, and one false alarm in a hundred is the most allowed (method.md 19).
 *
 * @param baseline positive durations; `candidate[i]` was taken beside `baseline[i]`.
 * @returns null for fewer than {@link MIN_PAIRS} pairs.
 */
export function pairedRatio(
  baseline: readonly number[],
  candidate: readonly number[],
  { seed, smallest = 0.02, statistic = 'median' }: RatioOptions,
): Ratio | null {
  const n = Math.min(baseline.length, candidate.length);
  if (n < MIN_PAIRS) return null;
  const resampled = statistic === 'median' ? resampledMedian : resampledMean;
  const top = resampled(baseline.slice(0, n));
  const bottom = resampled(candidate.slice(0, n));
  const block = n < MIN_PAIRS_FOR_BLOCKS ? 1 : Math.ceil(Math.cbrt(n));
  const random = rng(seed);
  const counts = new Uint16Array(n);
  const ratios = Float64Array.from({ length: RESAMPLES }, () => {
    counts.fill(0);
    for (let drawn = 0, at = 0; drawn < n; drawn++, at++) {
      if (drawn % block === 0) at = integer(random, n);
      counts[at % n]! += 1;
    }
    return top(counts) / bottom(counts);
  }).sort();
  const between = (tail: number): Interval => [
    ratios[Math.floor(tail * RESAMPLES)] ?? Number.NaN,
    ratios[Math.ceil((1 - tail) * RESAMPLES) - 1] ?? Number.NaN,
  ];
  const interval = between(REPORT_TAIL);
  const ratio = top(counts.fill(1)) / bottom(counts);
  return { ratio, interval, verdict: verdictOf(interval, between(CLAIM_TAIL), smallest) };
}
