import { expect, test } from 'vitest';
import { dot, productBound, storageError, UNIT_ROUNDOFF } from './reference';

test('a strided scalar product in float64, with the sum of magnitudes', () => {
  const a = { data: Float32Array.of(9, 1, -2, 3), offset: 1, stride: 1 };
  const b = { data: Float32Array.of(4, 0, 5, 0, 6), offset: 0, stride: 2 };
  expect(dot(a, b, 3)).toEqual({ value: 4 - 10 + 18, magnitude: 4 + 10 + 18 });
});

test('float32 sums of one sign stay under the bound, and a missing term does not', () => {
  const terms = 4095;
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return 0.5 + seed / 2 ** 33;
  };
  const ratios = Array.from({ length: 200 }, () => {
    const data = Float32Array.from({ length: terms }, random);
    const ones = { data: new Float32Array(terms).fill(1), offset: 0, stride: 1 };
    const { value, magnitude } = dot({ data, offset: 0, stride: 1 }, ones, terms);
    const sum = data.reduce((total, x) => Math.fround(total + x), 0);
    const bound = productBound('f32', terms, magnitude, value);
    expect(data[7]! / bound).toBeGreaterThan(1);
    return Math.abs(sum - value) / bound;
  });
  expect(Math.max(...ratios)).toBeLessThan(1);
  expect(Math.max(...ratios)).toBeGreaterThan(0.01);
});

test('storing as f16 costs up to half a unit in the last place', () => {
  expect(storageError('f16', 1)).toBeGreaterThanOrEqual(UNIT_ROUNDOFF.f16);
  expect(storageError('f16', 0)).toBe(2 ** -25);
});
