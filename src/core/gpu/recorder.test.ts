import { describe, expect, it } from 'vitest';
import { unionOf } from './recorder';

const stamps = (...values: number[]) => BigUint64Array.from(values, BigInt);

describe('busy time of passes', () => {
  it('adds up passes that do not touch', () => {
    expect(unionOf(stamps(100, 200, 300, 350))).toEqual({ busyNs: 150, negative: 0 });
  });

  it('counts overlapping and nested passes once, in any order', () => {
    expect(unionOf(stamps(150, 400, 100, 300, 160, 170))).toEqual({ busyNs: 300, negative: 0 });
  });

  it('drops and counts a pass that ends before it begins', () => {
    expect(unionOf(stamps(500, 400, 100, 110))).toEqual({ busyNs: 10, negative: 1 });
  });

  it('has no time without a pass', () => {
    expect(unionOf(stamps()).busyNs).toBeNull();
    expect(unionOf(stamps(2, 1)).busyNs).toBeNull();
  });
});
