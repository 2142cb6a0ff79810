import { describe, expect, test } from 'vitest';
import {
  median,
  medianOfSorted,
  normal,
  quantileInterval,
  quantileOfSorted,
  quantileRanks,
  type Rng,
  rng,
  samplesNeeded,
  sorted,
} from '.';

test('median and nearest-rank percentiles', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
  const hundred = sorted(Array.from({ length: 100 }, (_, i) => 100 - i));
  expect([0, 0.5, 0.95, 0.99, 1].map((q) => quantileOfSorted(hundred, q))).toEqual([1, 50, 95, 99, 100]);
  expect(quantileOfSorted(sorted([1, 2, 3, 4, 5, 6, 7]), 0.9)).toBe(7);
  expect(quantileOfSorted(sorted([]), 0.5)).toBeNaN();
  expect(medianOfSorted(sorted([]))).toBeNaN();
});

test('samples needed for a two-sided 95 % interval', () => {
  expect([0.5, 0.9, 0.95, 0.99].map((q) => samplesNeeded(q))).toEqual([6, 36, 72, 368]);
  expect([0.5, 0.01].map((q) => samplesNeeded(q, 0.95))).toEqual([6, 368]);
});

test('ranks exist exactly from the samples needed on', () => {
  for (const q of [0.5, 0.9, 0.95, 0.99]) {
    const n = samplesNeeded(q);
    expect(quantileRanks(n - 1, q, 0.95)).toBeNull();
    expect(quantileRanks(n, q, 0.95)).not.toBeNull();
  }
});

test('ranks agree with the published table for the median', () => {
  // Conover, table of the sign test: n = 10 → 2nd and 9th, n = 20 → 6th and 15th, n = 100 → 40th and 61st.
  expect(quantileRanks(10, 0.5, 0.95)).toEqual([2, 9]);
  expect(quantileRanks(20, 0.5, 0.95)).toEqual([6, 15]);
  expect(quantileRanks(100, 0.5, 0.95)).toEqual([40, 61]);
});

test('ranks hold for numbers of samples at which (1−q)ⁿ underflows', () => {
  const [low, high] = quantileRanks(100_000, 0.5, 0.95) ?? [0, 0];
  // Normal approximation: n/2 ± 1.96·√n/2 = 50,000 ± 310.
  expect(Math.abs(low - 49_690)).toBeLessThan(3);
  expect(Math.abs(high - 50_311)).toBeLessThan(3);
});

describe('coverage over 1,000 draws of a 95 % interval', () => {
  const logNormal = (random: Rng) => Math.exp(0.5 * normal(random));
  const exponential = (random: Rng) => -Math.log(1 - random());
  test.each([
    { name: 'log-normal p50', draw: logNormal, q: 0.5, n: 20, truth: 1 },
    { name: 'log-normal p50', draw: logNormal, q: 0.5, n: 100, truth: 1 },
    { name: 'exponential p50', draw: exponential, q: 0.5, n: 250, truth: Math.LN2 },
    { name: 'exponential p90', draw: exponential, q: 0.9, n: 200, truth: Math.log(10) },
    { name: 'exponential p95', draw: exponential, q: 0.95, n: 300, truth: Math.log(20) },
    { name: 'exponential p99', draw: exponential, q: 0.99, n: 900, truth: Math.log(100) },
  ])('$name of $n samples', ({ draw, q, n, truth }) => {
    const random = rng(19);
    let covered = 0;
    for (let i = 0; i < 1000; i++) {
      const interval = quantileInterval(sorted(Array.from({ length: n }, () => draw(random))), q);
      if (interval && interval[0] <= truth && truth <= interval[1]) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(930);
    expect(covered).toBeLessThanOrEqual(970);
  });
});
