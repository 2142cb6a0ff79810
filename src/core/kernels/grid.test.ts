import { expect, test } from 'vitest';
import { foldGrid } from './grid';

const limits = { maxComputeWorkgroupsPerDimension: 65535 };

test('a short count stays in one dimension', () => {
  expect(foldGrid(65535, limits)).toEqual([65535, 1, 1]);
});

test('a long count is folded with few workgroups to spare', () => {
  const [x, y] = foldGrid(1_000_003, limits);
  expect(x).toBeLessThanOrEqual(65535);
  expect(x * y - 1_000_003).toBeGreaterThanOrEqual(0);
  expect(x * y - 1_000_003).toBeLessThan(y);
});

test('a count that fits nowhere is an error with a code', () => {
  expect(() => foldGrid(2 ** 33, limits)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
});
