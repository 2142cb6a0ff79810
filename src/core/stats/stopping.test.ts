import { describe, expect, test } from 'vitest';
import { relativeHalfWidth, stopReason } from '.';

const rule = { relativeHalfWidth: 0.02, minSamples: 10, minSeconds: 0.5, maxSeconds: 3, maxSamples: 100 };
const steady = (n: number) => Array.from({ length: n }, (_, i) => 100 + (i % 3) * 0.5);
const noisy = (n: number) => Array.from({ length: n }, (_, i) => 100 + ((i * 37) % 101));

describe('stopping', () => {
  test('needs both the samples and the seconds', () => {
    expect(stopReason(steady(9), 2, rule)).toBeNull();
    expect(stopReason(steady(10), 0.4, rule)).toBeNull();
    expect(stopReason(steady(10), 0.5, rule)).toBe('precise');
  });

  test('goes on while the interval is wide, up to a cap', () => {
    expect(stopReason(noisy(50), 2, rule)).toBeNull();
    expect(stopReason(noisy(50), 3, rule)).toBe('time-cap');
    expect(stopReason(noisy(100), 2, rule)).toBe('sample-cap');
    expect(stopReason([], 3, rule)).toBe('time-cap');
  });

  test('precision reached at the cap counts as precision', () => {
    expect(stopReason(steady(33), 3, rule)).toBe('precise');
  });

  test('looks only when the samples have grown by a sixteenth', () => {
    expect(stopReason(steady(33), 1, rule)).toBeNull();
    expect(stopReason(steady(34), 1, rule)).toBe('precise');
  });

  test('the half-width is that of the order-statistic interval', () => {
    // Ten samples: from the 2nd to the 9th.
    expect(relativeHalfWidth([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBeCloseTo((9 - 2) / 2 / 5.5, 12);
    expect(relativeHalfWidth([1, 2, 3])).toBe(Number.POSITIVE_INFINITY);
  });
});
