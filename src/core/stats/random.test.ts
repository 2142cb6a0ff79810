import { expect, test } from 'vitest';
import { integer, mean, normal, rng } from '.';

test('a seed fixes the numbers', () => {
  const a = rng(7);
  const b = rng(7);
  expect(Array.from({ length: 5 }, a)).toEqual(Array.from({ length: 5 }, b));
  expect(rng(8)()).not.toBe(rng(7)());
});

test('uniform and normal numbers have the moments they should', () => {
  const random = rng(1);
  const uniform = Array.from({ length: 20_000 }, random);
  expect(uniform.every((x) => x >= 0 && x < 1)).toBe(true);
  expect(mean(uniform).mean).toBeCloseTo(0.5, 2);
  const gaussian = Array.from({ length: 20_000 }, () => normal(random));
  expect(mean(gaussian).mean).toBeCloseTo(0, 1);
  expect(mean(gaussian.map((x) => x * x)).mean).toBeCloseTo(1, 1);
  expect(gaussian.every(Number.isFinite)).toBe(true);
});

test('integers cover their range and no more', () => {
  const random = rng(2);
  const seen = new Set(Array.from({ length: 200 }, () => integer(random, 4)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3]);
});
