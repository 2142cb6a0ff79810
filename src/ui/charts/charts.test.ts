import { describe, expect, it } from 'vitest';
import type { CurvePoint } from '../../core';
import { bandsOf } from './RegimeBands';
import { formatTick, readable, ticksAway } from './scale';

const point = (batch: number, regime: CurvePoint['regime']) => ({ batch, regime }) as CurvePoint;

describe('regime bands', () => {
  it('meet half way between batches and fill the axis', () => {
    const points = [
      point(1, 'launch-bound'),
      point(4, 'launch-bound'),
      point(16, 'memory-bound'),
      point(64, 'compute-bound'),
    ];
    expect(bandsOf(points, [0.5, 100])).toEqual([
      { regime: 'launch-bound', from: 0.5, to: 8 },
      { regime: 'memory-bound', from: 8, to: 32 },
      { regime: 'compute-bound', from: 32, to: 100 },
    ]);
  });
  it('are none without points', () => expect(bandsOf([], [1, 2])).toEqual([]));
});

describe('axis', () => {
  it('leaves room for the limit', () => {
    expect(ticksAway([1, 10, 100], 11, [1, 100], 200)).toEqual([1, 100]);
    expect(ticksAway([1, 10, 100], null, [1, 100], 200)).toEqual([1, 10, 100]);
  });
  it('writes round durations shortly', () => {
    expect([32, 5e6, 2.5e6, 1e8, 1e9, 1.25e3].map(formatTick)).toEqual([
      '32 ns',
      '5 ms',
      '2.5 ms',
      '100 ms',
      '1 s',
      '1.25 µs',
    ]);
  });
  it('snaps to two digits', () => expect(readable(12.345)).toBe(12));
});
