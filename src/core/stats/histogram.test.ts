import { expect, test } from 'vitest';
import { histogramQuantile, logHistogram, normal, quantileOfSorted, rng, sorted } from '.';

test('bins hold every value, and quantiles come back to within half a bin', () => {
  const random = rng(4);
  const values = Array.from({ length: 500 }, () => 1e6 * Math.exp(0.4 * normal(random)));
  const histogram = logHistogram(values);
  expect(histogram?.counts.reduce((a, b) => a + b)).toBe(500);
  for (const q of [0.01, 0.5, 0.95, 0.99]) {
    const exact = quantileOfSorted(sorted(values), q);
    expect(Math.abs(Math.log(histogramQuantile(histogram!, q) / exact))).toBeLessThanOrEqual(
      Math.log(1.05) / 2 + 1e-9,
    );
  }
});

test('edges: one value, zeros, none', () => {
  expect(logHistogram([7, 7])).toEqual({ start: 7, step: 1.05, counts: [2] });
  expect(logHistogram([0, 8, 16], 2)).toEqual({ start: 8, step: 2, counts: [2, 1] });
  expect(logHistogram([0])).toBeNull();
  expect(logHistogram([])).toBeNull();
  expect(histogramQuantile({ start: 1, step: 2, counts: [] }, 0.5)).toBeNaN();
});
