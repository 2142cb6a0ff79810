/** Order statistics: quantiles by nearest rank, and intervals for them that assume nothing of the distribution. */

export type Interval = readonly [low: number, high: number];

export function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/** The middle value, or the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  return medianOfSorted(sorted(values));
}

export function medianOfSorted(ascending: Float64Array): number {
  const n = ascending.length;
  const high = ascending[n >> 1] ?? Number.NaN;
  return n % 2 === 1 ? high : ((ascending[(n >> 1) - 1] ?? Number.NaN) + high) / 2;
}

/** The ⌈q·n⌉-th smallest value (nearest rank): always one that was measured. NaN for none. */
export function quantileOfSorted(ascending: Float64Array, q: number): number {
  const rank = Math.min(Math.max(Math.ceil(q * ascending.length), 1), ascending.length);
  return ascending[rank - 1] ?? Number.NaN;
}

/**
 * Ranks (from 1) between which the q-quantile of any continuous distribution lies with at least the given
 * confidence, each tail having at most half of the error: the number of samples below the quantile is
 * Binomial(n, q). Null when n samples are too few. Source: Conover, Practical Nonparametric Statistics, 3.2.
 */
export function quantileRanks(n: number, q: number, confidence: number): [number, number] | null {
  const tail = (1 - confidence) / 2;
  const logOdds = Math.log(q) - Math.log1p(-q);
  // log P(exactly k below), updated from k to k + 1; logs, since (1−q)^n underflows for large n.
  let logTerm = n * Math.log1p(-q);
  let below = 0;
  let low = 0;
  let high = 0;
  for (let k = 0; k <= n && high === 0; k++) {
    below += Math.exp(logTerm);
    if (below <= tail) low = k + 1;
    // P(at least k + 1 below) is the upper tail of rank k + 1.
    if (1 - below <= tail) high = k + 1;
    logTerm += Math.log((n - k) / (k + 1)) + logOdds;
  }
  return low >= 1 && high <= n ? [low, high] : null;
}

/** Distribution-free interval of the q-quantile; null when there are too few samples ({@link samplesNeeded}). */
export function quantileInterval(ascending: Float64Array, q: number, confidence = 0.95): Interval | null {
  const ranks = quantileRanks(ascending.length, q, confidence);
  return ranks && [ascending[ranks[0] - 1] ?? Number.NaN, ascending[ranks[1] - 1] ?? Number.NaN];
}

/**
 * Samples from which on the q-quantile has a two-sided interval: the smallest n for which the quantile lies
 * beyond the smallest or the largest sample with at most half of the error each.
 */
export function samplesNeeded(q: number, confidence = 0.95): number {
  return Math.ceil(Math.log((1 - confidence) / 2) / Math.log(Math.max(q, 1 - q)));
}
