import type { Interval } from './order';

export interface Mean {
  readonly mean: number;
  /** NaN for fewer than two values. */
  readonly standardError: number;
  /** By Student's t; null for fewer than three values. */
  readonly interval: Interval | null;
}

/**
 * Quantile of Student's t at 97.5 %, by expansion in 1/ν (Abramowitz & Stegun 26.7.5): within 1 % for ν ≥ 2.
 * @param degrees ν, at least 2.
 */
export function studentT975(degrees: number): number {
  const z = 1.959964;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((t, term, i) => t + term / degrees ** (i + 1), z);
}

/** Arithmetic mean with its standard error and 95 % interval. */
export function mean(values: readonly number[]): Mean {
  const n = values.length;
  const average = values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - average) ** 2, 0);
  const standardError = Math.sqrt(squares / (n - 1) / n);
  const half = n >= 3 ? studentT975(n - 1) * standardError : Number.NaN;
  return { mean: average, standardError, interval: n >= 3 ? [average - half, average + half] : null };
}

/**
 * Σ amounts ÷ Σ times with its 95 % interval: the ratio estimator, which weights every window by its length.
 * Variance from the residuals amount − rate·time (Cochran, Sampling Techniques, 2.11). Interval null for
 * fewer than three windows.
 */
export function totalRate(
  amounts: readonly number[],
  times: readonly number[],
): { rate: number; interval: Interval | null } {
  const n = Math.min(amounts.length, times.length);
  const total = times.reduce((sum, t) => sum + t, 0);
  const rate = amounts.reduce((sum, a) => sum + a, 0) / total;
  if (n < 3) return { rate, interval: null };
  const squares = amounts.reduce((sum, a, i) => sum + (a - rate * (times[i] ?? 0)) ** 2, 0);
  const half = (studentT975(n - 1) * Math.sqrt((squares * n) / (n - 1))) / total;
  return { rate, interval: [rate - half, rate + half] };
}
