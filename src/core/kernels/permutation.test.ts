import { expect, test } from 'vitest';
import { GUARANTEED_LIMITS } from './conformance';
import { permuteStage, simplified } from './permutation';
import { permute } from './permute';

test('axes that stay neighbours are joined, and those of size one left out', () => {
  expect(simplified({ dims: [96, 384, 512], order: [1, 2, 0] })).toEqual({
    dims: [96, 384 * 512],
    order: [1, 0],
  });
  expect(simplified({ dims: [8, 16, 2048, 64], order: [0, 2, 1, 3] })).toEqual({
    dims: [8, 16, 2048, 64],
    order: [0, 2, 1, 3],
  });
  expect(simplified({ dims: [2, 1, 3, 4], order: [1, 2, 0, 3] })).toEqual({
    dims: [2, 3, 4],
    order: [1, 0, 2],
  });
  expect(simplified({ dims: [2, 3, 4, 5], order: [0, 1, 2, 3] })).toEqual({ dims: [120], order: [0] });
  expect(simplified({ dims: [1, 1], order: [1, 0] })).toEqual({ dims: [], order: [] });
});

test.for([
  [[8, 16, 2048, 64], [0, 2, 1, 3], 'permute by gathering'],
  [[8, 16, 2048, 64], [0, 1, 3, 2], 'permute in blocks'],
  [[96, 384, 512], [2, 0, 1], 'permute in blocks'],
  [[1237, 3001], [1, 0], 'permute in tiles'],
  [[3, 50_000], [1, 0], 'permute by gathering'],
  [[3, 50, 700], [2, 1, 0], 'permute in tiles'],
  [[8, 50_000], [1, 0], 'permute in blocks'],
] as const)('%s in the order %s: %s', ([dims, order, label]) => {
  expect(permuteStage({ dims, order }, 'f32', GUARANTEED_LIMITS).label).toBe(label);
});

test('an order that is none is said to be invalid', () => {
  expect(permute.invalid([2, 3, 4, 5, 1324])).toBeNull();
  for (const order of [1, 64, 1233, 1235, 12_344])
    expect(permute.invalid([2, 3, 4, 5, order])).toMatch(/1243/);
});
