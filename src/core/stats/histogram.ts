/** Counts over logarithmic bins: bin i holds values from start·stepⁱ up to start·stepⁱ⁺¹. */
export interface LogHistogram {
  readonly start: number;
  readonly step: number;
  readonly counts: readonly number[];
}

/**
 * Shape of a distribution in a few numbers. Values that are not positive (below the clock's resolution) are
 * counted in the first bin. Null when there is no positive value.
 * @param step ratio of a bin's edges; a quantile read back is off by at most √step.
 */
export function logHistogram(values: readonly number[], step = 1.05): LogHistogram | null {
  const positive = values.filter((x) => x > 0);
  if (positive.length === 0) return null;
  const start = positive.reduce((a, b) => Math.min(a, b));
  const counts: number[] = [];
  for (const x of values) {
    const bin = x > start ? Math.floor(Math.log(x / start) / Math.log(step)) : 0;
    while (counts.length <= bin) counts.push(0);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { start, step, counts };
}

/** Nearest-rank quantile to the bin's geometric middle: off by at most a factor of √step. NaN when empty. */
export function histogramQuantile({ start, step, counts }: LogHistogram, q: number): number {
  const total = counts.reduce((sum, c) => sum + c, 0);
  let left = Math.max(Math.ceil(q * total), 1);
  const bin = counts.findIndex((c) => {
    left -= c;
    return left <= 0;
  });
  return bin < 0 ? Number.NaN : start * step ** (bin + 0.5);
}
