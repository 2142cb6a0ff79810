import { describe, expect, test } from 'vitest';
import { GUARANTEED_LIMITS } from '../conformance';
import { type BLayout, chooseTile, isWhole, type Tile, tileCount, tileGeometry } from './tile';
import { tileCode } from './tileCode';

const product = (m: number, k: number, n: number, layout: BLayout = 'kn') => ({
  m,
  k,
  n,
  batches: 1,
  layout,
});
const choose = (m: number, n: number, layout: BLayout = 'kn') =>
  chooseTile(product(m, 1, n, layout), GUARANTEED_LIMITS);

const LARGE = choose(4096, 4096);
const SMALL = choose(1, 1);

test('a step gives every thread one 4×4 block to stage', () => {
  for (const tile of [LARGE, SMALL, choose(1024, 1024), choose(1, 1, 'pair'), choose(4096, 4096, 'pair')]) {
    const { threads, step } = tileGeometry(tile);
    expect(threads * 16).toBe(2 * tile.size * step);
    expect(step % 4).toBe(0);
  }
});

describe('the choice of a tile', () => {
  test('is the largest that occupies a large GPU', () => {
    expect(LARGE.size).toBe(128);
    expect(choose(1024, 1024).size).toBe(64);
    expect(SMALL.size).toBe(32);
  });

  test('counts batches as workgroups', () => {
    const one = { m: 128, k: 64, n: 128, layout: 'nk' } as const;
    expect(chooseTile({ ...one, batches: 1 }, GUARANTEED_LIMITS).size).toBe(32);
    expect(chooseTile({ ...one, batches: 128 }, GUARANTEED_LIMITS).size).toBe(128);
  });

  test('fits the smallest device that WebGPU allows, and a smaller one', () => {
    const { threads, workgroupBytes } = tileGeometry(LARGE);
    expect(threads).toBeLessThanOrEqual(GUARANTEED_LIMITS.maxComputeInvocationsPerWorkgroup);
    expect(workgroupBytes).toBeLessThanOrEqual(GUARANTEED_LIMITS.maxComputeWorkgroupStorageSize);
    const compatibility = { ...GUARANTEED_LIMITS, maxComputeInvocationsPerWorkgroup: 128 };
    expect(chooseTile(product(4096, 1, 4096), compatibility).size).toBe(64);
  });
});

test('a pair shares a tile, so it takes twice the workgroups', () => {
  const tile: Tile = { size: 128, rowQuads: 2, colQuads: 2 };
  expect(tileCount(tile, product(256, 8, 256))).toBe(4);
  expect(tileCount(tile, product(256, 8, 256, 'pair'))).toBe(8);
  expect(tileCount(tile, { ...product(129, 8, 1), batches: 3 })).toBe(6);
});

test('whole means no edge in any direction', () => {
  const tile: Tile = { size: 64, rowQuads: 2, colQuads: 1 };
  expect(isWhole(tile, product(128, 16, 64))).toBe(true);
  expect(isWhole(tile, product(127, 16, 64))).toBe(false);
  expect(isWhole(tile, product(128, 24, 64))).toBe(false);
  expect(isWhole(tile, product(128, 16, 32))).toBe(false);
  expect(isWhole(tile, product(128, 16, 32, 'pair'))).toBe(true);
});

test('the code multiplies every quad once for each k of a step, and stores every row', () => {
  const code = tileCode(LARGE, 'kn');
  expect(code.match(/fma\(/g)).toHaveLength(16 * tileGeometry(LARGE).step);
  expect(code.match(/ store\(/g)).toHaveLength(16);
});
