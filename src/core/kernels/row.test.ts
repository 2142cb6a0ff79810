import { describe, expect, test } from 'vitest';
import { GUARANTEED_LIMITS } from './conformance';
import { lanesOf, planRow } from './row';

test('rows that divide by four move as vec4', () => {
  expect(lanesOf(8).width).toBe(4);
  expect(lanesOf(10).width).toBe(1);
});

describe('the plan of a row', () => {
  const constant = (code: string, name: string) => Number(code.match(`const ${name} = (\\d+)u;`)?.[1]);

  test.for([1, 3, 4, 127, 128, 1000, 1024, 4096, 4097, 16384, 16388, 50257])('covers %i columns', (cols) => {
    const { packs, threads, code } = planRow(cols, GUARANTEED_LIMITS);
    const steps = constant(code, 'STEPS');
    expect(packs * lanesOf(cols).width).toBe(cols);
    expect(threads * steps).toBeGreaterThanOrEqual(packs);
    expect(threads * (steps - 1)).toBeLessThan(packs);
    expect(Number.isInteger(Math.log2(threads))).toBe(true);
    expect(threads).toBeLessThanOrEqual(256);
  });

  test('holds the row in registers up to 16 packs a lane', () => {
    expect(constant(planRow(16384, GUARANTEED_LIMITS).code, 'HELD')).toBe(16);
    expect(constant(planRow(16388, GUARANTEED_LIMITS).code, 'HELD')).toBe(1);
  });

  test('stays within a device that allows fewer invocations', () => {
    const limits = { ...GUARANTEED_LIMITS, maxComputeInvocationsPerWorkgroup: 128 };
    expect(planRow(4096, limits).threads).toBe(128);
  });
});
