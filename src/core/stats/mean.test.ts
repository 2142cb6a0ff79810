import { expect, test } from 'vitest';
import { mean, rng, studentT975, totalRate } from '.';

test("Student's t agrees with tables", () => {
  // Abramowitz & Stegun, table 26.10.
  for (const [degrees, t] of [
    [2, 4.303],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ] as const) {
    expect(Math.abs(studentT975(degrees) / t - 1)).toBeLessThan(0.01);
  }
});

test('mean with standard error', () => {
  const { mean: average, standardError, interval } = mean([1, 2, 3, 4, 5]);
  expect(average).toBe(3);
  expect(standardError).toBeCloseTo(Math.sqrt(0.5), 12);
  expect(interval?.[0]).toBeCloseTo(3 - 2.776 * Math.sqrt(0.5), 2);
  expect(mean([1, 2]).interval).toBeNull();
});

test('coverage over 1,000 draws of the mean of a clock that ticks every 2 units', () => {
  const random = rng(3);
  let covered = 0;
  for (let i = 0; i < 1000; i++) {
    // A duration of 0.7 ticks started at a random phase reads 0 or 1 ticks: unbiased in the mean only.
    const reads = Array.from({ length: 100 }, () => 2 * Math.floor(0.7 + random()));
    const interval = mean(reads).interval;
    if (interval && interval[0] <= 1.4 && 1.4 <= interval[1]) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(930);
  expect(covered).toBeLessThanOrEqual(970);
});

test('a rate weights windows by their length', () => {
  expect(totalRate([10, 90], [1, 3]).rate).toBe(25);
  expect(totalRate([10, 90], [1, 3]).interval).toBeNull();
  expect(totalRate([2, 4, 6], [1, 2, 3])).toEqual({ rate: 2, interval: [2, 2] });
});

test('coverage over 1,000 draws of a rate with skewed windows', () => {
  const random = rng(5);
  let covered = 0;
  for (let i = 0; i < 1000; i++) {
    // Each window is ten runs of a skewed duration with mean 0.5.
    const times = Array.from({ length: 25 }, () =>
      Array.from({ length: 10 }, () => 0.4 - 0.1 * Math.log(1 - random())).reduce((a, b) => a + b),
    );
    const { interval } = totalRate(
      times.map(() => 10),
      times,
    );
    if (interval && interval[0] <= 2 && 2 <= interval[1]) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(930);
  expect(covered).toBeLessThanOrEqual(970);
});
