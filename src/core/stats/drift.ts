import { median } from './order';

/** Φ(−z)·2 by Abramowitz & Stegun 26.2.17: absolute error below 1e-7. */
function twoSidedP(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (2 * poly * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * Two-sided p of the Mann–Whitney U test that two samples come from one distribution: normal approximation
 * with corrections for ties and continuity (Lehmann, Nonparametrics, 1.4). 1 when nothing can be said.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((x) => ({ x, inA: true })), ...b.map((x) => ({ x, inA: false }))];
  all.sort((p, q) => p.x - q.x);
  const n = all.length;
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < n; ) {
    let end = start;
    let inA = 0;
    while (end < n && all[end]?.x === all[start]?.x) inA += all[end++]?.inA ? 1 : 0;
    rankSum += (inA * (start + 1 + end)) / 2;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const product = a.length * b.length;
  const variance = (product / 12) * (n + 1 - ties / (n * (n - 1)));
  if (!(variance > 0)) return 1;
  return twoSidedP(Math.max(Math.abs(u - product / 2) - 0.5, 0) / Math.sqrt(variance));
}

export interface Drift {
  /** Median of the last third ÷ median of the first third − 1. */
  readonly change: number;
  /** Mann–Whitney p of the first third against the last. */
  readonly p: number;
  readonly drifting: boolean;
}

/**
 * Whether a series drifts: first third against last third. A change must be significant and large enough to
 * matter, since with thousands of samples any change is significant.
 */
export function drift(series: readonly number[], { smallest = 0.02, significance = 0.01 } = {}): Drift {
  const third = Math.floor(series.length / 3);
  if (third === 0) return { change: 0, p: 1, drifting: false };
  const first = series.slice(0, third);
  const last = series.slice(-third);
  const change = median(last) / median(first) - 1;
  const p = mannWhitney(first, last);
  return { change, p, drifting: p < significance && Math.abs(change) > smallest };
}
