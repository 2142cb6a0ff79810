import { describe, expect, test } from 'vitest';
import { GUARANTEED_LIMITS } from './conformance';
import { lanesOf, planRow } from './row';

test('rows that divide by four move as vec4', () => {
  expect(lanesOf(8).width).toBe(4);
  expect(lanesOf(10).width).toBe(1);
});

describe('the plan of a row', () => {
  const held = (code: string) => Number(code.match(/const HELD = (\d+)u;/)?.[1]);
  const full = (code: string) => code.match(/const FULL = (\w+);/)?.[1] === 'true';

  test.for([1, 3, 4, 127, 128, 1000, 1024, 4096, 4097, 16384, 16388, 50257])('covers %i columns', (cols) => {
    const { packs, threads, code } = planRow(cols, GUARANTEED_LIMITS);
    expect(packs * lanesOf(cols).width).toBe(cols);
    expect(threads * (held(code) - 1)).toBeLessThan(packs);
    expect(held(code) === 1 || threads * held(code) >= packs).toBe(true);
    expect(full(code)).toBe(threads * held(code) <= packs);
    expect(Number.isInteger(Math.log2(threads))).toBe(true);
    expect(threads).toBeLessThanOrEqual(256);
  });

  test('holds the row in registers up to 64 elements a lane', () => {
    expect(held(planRow(16384, GUARANTEED_LIMITS).code)).toBe(16);
    expect(held(planRow(16388, GUARANTEED_LIMITS).code)).toBe(1);
    expect(held(planRow(4099, GUARANTEED_LIMITS).code)).toBe(17);
  });

  test('stays within a device that allows fewer invocations', () => {
    const limits = { ...GUARANTEED_LIMITS, maxComputeInvocationsPerWorkgroup: 128 };
    expect(planRow(4096, limits).threads).toBe(128);
  });
});
