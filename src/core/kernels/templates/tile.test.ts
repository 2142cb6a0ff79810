import { describe, expect, test } from 'vitest';
import { GUARANTEED_LIMITS } from '../conformance';
import { dealOut, planProduct } from './plan';
import { type BLayout, isWhole, type Tile, tileCount, tileGeometry } from './tile';
import { tileCode } from './tileCode';

const product = (m: number, k: number, n: number, layout: BLayout = 'kn') => ({
  m,
  k,
  n,
  batches: 1,
  layout,
});
const plan = (m: number, n: number, layout: BLayout = 'kn', k = 1) =>
  planProduct(product(m, k, n, layout), GUARANTEED_LIMITS);
function choose(m: number, n: number, layout: BLayout = 'kn'): Tile {
  const chosen = plan(m, n, layout);
  if (!('tile' in chosen)) throw new Error('thin');
  return chosen.tile;
}

const LARGE = choose(4096, 4096);
const SMALL = choose(17, 1);

test('all threads move the same whole number of quads in a step', () => {
  for (const tile of [LARGE, SMALL, choose(1024, 1024), choose(17, 1, 'pair'), choose(4096, 4096, 'pair')]) {
    expect(Number.isInteger(tileGeometry(tile).moves)).toBe(true);
  }
});

describe('the choice of a tile', () => {
  test('is the largest that occupies a large GPU', () => {
    expect(LARGE.size).toBe(128);
    expect(choose(1024, 1024).size).toBe(64);
    expect(plan(1024, 1024, 'kn', 1024)).toMatchObject({ tile: { size: 128 }, splits: 4 });
    expect(choose(129, 1 << 16).size).toBe(64);
    expect(SMALL.size).toBe(64);
  });

  test('counts batches as workgroups', () => {
    const one = { m: 128, k: 64, n: 128, layout: 'nk' } as const;
    const size = (batches: number) => planProduct({ ...one, batches }, GUARANTEED_LIMITS);
    expect(size(1)).toMatchObject({ tile: { size: 64 } });
    expect(size(256)).toMatchObject({ tile: { size: 128 } });
  });

  test('fits the smallest device that WebGPU allows, and a smaller one', () => {
    const { threads, workgroupBytes } = tileGeometry(LARGE);
    expect(threads).toBeLessThanOrEqual(GUARANTEED_LIMITS.maxComputeInvocationsPerWorkgroup);
    expect(workgroupBytes).toBeLessThanOrEqual(GUARANTEED_LIMITS.maxComputeWorkgroupStorageSize);
    const compatibility = { ...GUARANTEED_LIMITS, maxComputeInvocationsPerWorkgroup: 128 };
    expect(planProduct(product(4096, 1, 4096), compatibility)).toMatchObject({ tile: { size: 64 } });
    expect(planProduct(product(1, 1, 4096), compatibility)).toMatchObject({ tile: { size: 64 } });
  });

  test('leaves few rows to the thin form, but for the layout that it does not have', () => {
    expect(plan(8, 4096)).toMatchObject({ thin: { rows: 8 }, splits: 1 });
    expect(plan(9, 4096)).toMatchObject({ thin: { rows: 5 } });
    expect(plan(17, 4096)).toHaveProperty('tile');
    expect(plan(1, 4096, 'nk')).toHaveProperty('tile');
  });
});

describe('k is split', () => {
  test('until there are enough workgroups', () => {
    expect(plan(4096, 4096, 'kn', 4096).splits).toBe(1);
    expect(plan(128, 768, 'kn', 2048).splits).toBe(11);
    expect(plan(1, 4096, 'kn', 4096).splits).toBe(2);
  });

  test('but not into short or empty shares', () => {
    expect(plan(128, 768, 'kn', 95).splits).toBe(1);
    expect(plan(128, 768, 'kn', 768).splits).toBe(8);
    for (let k = 1; k < 3000; k += 7) {
      const chosen = plan(33, 65, 'kn', k);
      const { span } = dealOut(chosen, product(33, k, 65));
      expect(span * (chosen.splits - 1)).toBeLessThan(k);
      expect(span * chosen.splits).toBeGreaterThanOrEqual(k);
    }
  });
});

test('a pair shares a tile, so it takes twice the workgroups', () => {
  const tile: Tile = { size: 128, rowQuads: 2, colQuads: 2, step: 16 };
  expect(tileCount(tile, product(256, 8, 256))).toBe(4);
  expect(tileCount(tile, product(256, 8, 256, 'pair'))).toBe(8);
  expect(tileCount(tile, { ...product(129, 8, 1), batches: 3 })).toBe(6);
});

test('whole means no edge in any direction', () => {
  const tile: Tile = { size: 64, rowQuads: 2, colQuads: 1, step: 16 };
  expect(isWhole(tile, product(128, 16, 64))).toBe(true);
  expect(isWhole(tile, product(127, 16, 64))).toBe(false);
  expect(isWhole(tile, product(128, 24, 64))).toBe(false);
  expect(isWhole(tile, product(128, 16, 32))).toBe(false);
  expect(isWhole(tile, product(128, 16, 32, 'pair'))).toBe(true);
});

test('the code multiplies every quad once for each k of a step, and stores every row', () => {
  const code = tileCode(LARGE, 'kn');
  expect(code.match(/fma\(/g)).toHaveLength(16 * LARGE.step);
  expect(code.match(/ store\(/g)).toHaveLength(16);
});
