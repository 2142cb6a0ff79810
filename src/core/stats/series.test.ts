import { describe, expect, test } from 'vitest';
import { drift, mannWhitney, modifiedZ, normal, outliers, rng, warmedUp } from '.';

describe('outliers', () => {
  test('a far value is flagged, its neighbours are not', () => {
    expect(outliers([10, 11, 9, 10, 12, 8, 40])).toEqual([false, false, false, false, false, false, true]);
    // Median 2, MAD 1.
    expect(modifiedZ([1, 1, 2, 2, 4, 6, 9])[6]).toBeCloseTo(0.6745 * 7, 12);
  });

  test('equal values do not divide by zero', () => {
    expect(modifiedZ([5, 5, 5])).toEqual([0, 0, 0]);
    const flagged = outliers([...Array.from({ length: 20 }, () => 5), 6]);
    expect(flagged.filter(Boolean)).toHaveLength(1);
    expect(flagged[20]).toBe(true);
    expect(outliers([])).toEqual([]);
  });
});

describe('drift', () => {
  test('Mann–Whitney agrees with the worked values', () => {
    // U = 0 of 5 × 5: z = (12.5 − 0.5) / √(25·11/12) = 2.507, p = 0.0122.
    expect(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(0.0122, 3);
    expect(mannWhitney([1, 2, 3], [1, 2, 3])).toBeGreaterThan(0.9);
    expect(mannWhitney([4, 4], [4, 4])).toBe(1);
    expect(mannWhitney([], [1])).toBe(1);
  });

  test('a slope is found, noise is not', () => {
    const random = rng(11);
    const steady = Array.from({ length: 90 }, () => 1 + 0.05 * normal(random));
    expect(drift(steady).drifting).toBe(false);
    const sloping = drift(steady.map((x, i) => x * (1 + 0.002 * i)));
    expect(sloping.drifting).toBe(true);
    expect(sloping.change).toBeGreaterThan(0.08);
  });

  test('a significant change too small to matter is not drift', () => {
    const tiny = drift(Array.from({ length: 300 }, (_, i) => 1 + i * 1e-5));
    expect(tiny.p).toBeLessThan(0.001);
    expect(tiny.drifting).toBe(false);
  });

  test('false alarms on steady series stay near the significance', () => {
    const random = rng(12);
    const alarms = Array.from({ length: 1000 }, () => {
      const series = Array.from({ length: 60 }, () => Math.exp(0.5 * normal(random)));
      return drift(series).drifting;
    }).filter(Boolean).length;
    expect(alarms).toBeLessThanOrEqual(20);
  });
});

describe('warm-up', () => {
  const window = 5;
  test('is not over before three windows, nor while times fall', () => {
    expect(warmedUp(Array(14).fill(1), window)).toBe(false);
    expect(warmedUp(Array(15).fill(1), window)).toBe(true);
    expect(warmedUp([...Array(5).fill(2), ...Array(10).fill(1)], window)).toBe(false);
  });

  test('a hump in the middle window is not agreement', () => {
    const level = Array(5).fill(1);
    expect(warmedUp([...level, ...Array(5).fill(1.2), ...level], window)).toBe(false);
  });

  test('a trend within 10 % is still a trend', () => {
    const falling = Array.from({ length: 15 }, (_, i) => 1.09 - 0.006 * i);
    expect(warmedUp(falling, window)).toBe(false);
  });

  test('looks at the last three windows only', () => {
    expect(warmedUp([900, 30, 20, ...Array(15).fill(1)], window)).toBe(true);
  });

  test('slow runs may use windows of one', () => {
    expect(warmedUp([10, 2, 2.1, 2.05], 1)).toBe(true);
    expect(warmedUp([10, 4, 2.1], 1)).toBe(false);
  });
});
