import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../contract';
import { compareOutputs } from './compare-outputs';
import { modelExpectation } from './reference';
import { sampleElements } from './sampling';

const y = (...values: number[]): HostTensor => ({
  name: 'y',
  dtype: 'f32',
  dims: [values.length],
  data: Float32Array.from(values),
});
const expected = { output: 'y', values: [1, 2, 3], bounds: [0.1, 0.1, 0.1] };

describe('comparing outputs', () => {
  it('passes within the bounds and reports the worst element', () => {
    const result = compareOutputs('test', [expected], [y(1, 2.05, 3)]);
    expect(result.passed).toBe(true);
    expect(result.ratio).toBeCloseTo(0.5, 4);
    expect(result.compared).toBe(3);
  });

  it('fails beyond a bound', () => {
    expect(compareOutputs('test', [expected], [y(1, 2, 3.2)]).passed).toBe(false);
  });

  it('fails a NaN, a missing output and one of another size', () => {
    expect(compareOutputs('test', [expected], [y(1, Number.NaN, 3)])).toMatchObject({
      passed: false,
      maxError: null,
    });
    expect(compareOutputs('test', [expected], []).passed).toBe(false);
    expect(compareOutputs('test', [expected], [y(1, 2)]).passed).toBe(false);
  });

  it.each([
    [-Infinity, -Infinity, true],
    [Infinity, -Infinity, false],
    [NaN, NaN, true],
    [NaN, Infinity, false],
    [NaN, 1, false],
    [Infinity, 1, false],
    [1, Infinity, false],
  ])('where %s is expected, %s passes: %s', (wanted, actual, passed) => {
    const reference = modelExpectation(y(1, wanted, 2), 1e-3);
    expect(compareOutputs('test', [reference], [y(1, actual, 2)]).passed).toBe(passed);
    // Nor does it loosen the bound of the values beside it.
    expect(compareOutputs('test', [reference], [y(1.1, actual, 2)]).passed).toBe(false);
  });

  it('fails an element whose bound is not known', () => {
    const unbounded = { output: 'y', values: [1], bounds: [NaN] };
    expect(compareOutputs('test', [unbounded], [y(2)]).passed).toBe(false);
  });

  it('fails when nothing was compared', () => {
    expect(compareOutputs('test', [], [y(1)]).passed).toBe(false);
  });
});

describe('elements to verify', () => {
  it('are all of them when cheap', () => {
    expect(sampleElements([7, 5], { flopsPerElement: 10, flopsPerRow: 0 })).toHaveLength(35);
  });

  it('are whole rows and columns with the edges when not', () => {
    const rows = 4096;
    const cols = 2048;
    const picked = sampleElements([rows, cols], { flopsPerElement: 8192, flopsPerRow: 0 });
    expect(picked.length).toBeLessThan(1e5);
    const set = new Set(picked);
    for (const corner of [0, cols - 1, (rows - 1) * cols, rows * cols - 1])
      expect(set.has(corner)).toBe(true);
    // A whole first row and a whole last column.
    for (let col = 0; col < cols; col++) expect(set.has(col)).toBe(true);
    for (let row = 0; row < rows; row++) expect(set.has(row * cols + cols - 1)).toBe(true);
    expect([...picked]).toEqual([...picked].toSorted((a, b) => a - b));
  });

  it('keep to some rows when each is dear by itself', () => {
    const picked = sampleElements([2048, 1024], { flopsPerElement: 8000, flopsPerRow: 5e5 });
    const rows = new Set([...picked].map((i) => Math.floor(i / 1024)));
    expect(rows.size).toBeLessThan(110);
    expect(rows.has(0) && rows.has(2047)).toBe(true);
  });
});
