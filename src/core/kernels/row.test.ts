import { describe, expect, test } from 'vitest';
import { FLOAT_DTYPES, GUARANTEED_LIMITS } from './conformance';
import { lanesOf, movesOf, planRow, planRows } from './row';

test('rows that divide by four move as vec4', () => {
  expect(lanesOf(8).width).toBe(4);
  expect(lanesOf(10).width).toBe(1);
});

test('elements that are only moved go 16 bytes at a time', () => {
  expect(movesOf(16, 'f16').width).toBe(8);
  expect(movesOf(12, 'f16').width).toBe(4);
  expect(movesOf(16, 'f32').width).toBe(4);
  expect(movesOf(7, 'f16').width).toBe(1);
});

describe('the plan of a row', () => {
  const held = (code: string) => Number(code.match(/const HELD = (\d+)u;/)?.[1]);
  const full = (code: string) => code.match(/const FULL = (\w+);/)?.[1] === 'true';

  const LENGTHS = [1, 3, 4, 127, 128, 1000, 1024, 4096, 4097, 16384, 16388, 50257];

  test.for(LENGTHS.flatMap((cols) => FLOAT_DTYPES.map((dtype) => [cols, dtype] as const)))(
    'covers %i columns of %s',
    ([cols, dtype]) => {
      const { packs, threads, code } = planRow(cols, dtype, GUARANTEED_LIMITS);
      expect(packs * lanesOf(cols).width).toBe(cols);
      expect(threads * (held(code) - 1)).toBeLessThan(packs);
      expect(held(code) * lanesOf(cols).width).toBeLessThanOrEqual(64);
      expect(full(code)).toBe(threads * held(code) <= packs);
      expect(Number.isInteger(Math.log2(threads))).toBe(true);
      expect(threads).toBeLessThanOrEqual(256);
    },
  );

  test('short rows share a workgroup', () => {
    expect(planRows(64, 'f32', GUARANTEED_LIMITS)).toMatchObject({ threads: 128, rows: 32 });
    expect(planRows(3, 'f32', GUARANTEED_LIMITS)).toMatchObject({ threads: 128, rows: 128 });
    expect(planRows(512, 'f32', GUARANTEED_LIMITS).rows).toBe(1);
  });

  test('takes more lanes where the row fits into their registers', () => {
    const limits = {
      ...GUARANTEED_LIMITS,
      maxComputeInvocationsPerWorkgroup: 1024,
      maxComputeWorkgroupSizeX: 1024,
    };
    expect(planRow(4096, 'f32', limits).threads).toBe(128);
    expect(planRow(16_384, 'f32', limits).threads).toBe(256);
    expect(planRow(50_257, 'f32', limits).threads).toBe(1024);
    expect(planRow(50_257, 'f32', GUARANTEED_LIMITS).threads).toBe(256);
  });

  test('stays within a device that allows fewer invocations', () => {
    const limits = { ...GUARANTEED_LIMITS, maxComputeInvocationsPerWorkgroup: 128 };
    expect(planRow(16_384, 'f16', limits).threads).toBe(128);
  });
});
