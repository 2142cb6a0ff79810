import { expect, test } from 'vitest';
import { normal, product, quotient, rng, totalRate } from '.';

test('one estimate stays what it is', () => {
  const { value, interval } = product([{ value: 3, interval: [2, 5], power: 1 }]);
  expect(value).toBeCloseTo(3, 12);
  expect(interval?.[0]).toBeCloseTo(2, 12);
  expect(interval?.[1]).toBeCloseTo(5, 12);
});

test('the far end of what divides is the near end of the quotient', () => {
  const exact = { value: 6, interval: [6, 6] } as const;
  const { value, interval } = quotient(exact, { value: 2, interval: [1, 3] });
  expect(value).toBeCloseTo(3, 12);
  expect(interval?.[0]).toBeCloseTo(2, 12);
  expect(interval?.[1]).toBeCloseTo(6, 12);
});

test('there is no interval without all intervals, nor over one that reaches 0', () => {
  const known = { value: 2, interval: [1, 3] } as const;
  expect(quotient(known, { value: 4, interval: null })).toEqual({ value: 0.5, interval: null });
  expect(quotient(known, { value: 4, interval: [-1, 9] }).interval).toBeNull();
});

test('a geometric mean', () => {
  const of = (value: number) => ({ value, interval: [value * 0.9, value / 0.9] as const, power: 1 / 3 });
  const { value, interval } = product([1, 10, 100].map(of));
  expect(value).toBeCloseTo(10, 12);
  // Three equal errors average to one of 1/√3.
  expect(interval?.[0]).toBeCloseTo(10 * 0.9 ** (1 / Math.sqrt(3)), 12);
});

test('coverage over 1,000 draws of the quotient of two rates', () => {
  const random = rng(7);
  const rateAround = (rate: number) => {
    const times = Array.from({ length: 10 }, () => (10 / rate) * Math.exp(0.1 * normal(random) - 0.005));
    const found = totalRate(
      times.map(() => 10),
      times,
    );
    return { value: found.rate, interval: found.interval };
  };
  let covered = 0;
  for (let i = 0; i < 1000; i++) {
    const { interval } = quotient(rateAround(6), rateAround(2));
    if (interval && interval[0] <= 3 && 3 <= interval[1]) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(930);
  expect(covered).toBeLessThanOrEqual(970);
});
