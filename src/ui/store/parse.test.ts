import { describe, expect, it } from 'vitest';
import { formatBatches, parseBatches, parsePositive, parseShape, parseWhole } from './parse';

describe('batch list', () => {
  it.each([
    ['1 … 64', [1, 2, 4, 8, 16, 32, 64]],
    ['1..8', [1, 2, 4, 8]],
    ['1-6', [1, 2, 4, 6]],
    ['3…20', [3, 6, 12, 20]],
    ['4, 1 ,2', [1, 2, 4]],
    ['1 2 2 1', [1, 2]],
    ['1…4, 7', [1, 2, 4, 7]],
    ['5', [5]],
    ['8 … 8', [8]],
  ])('%s', (text, batches) => expect(parseBatches(text)).toEqual({ value: batches }));

  it.each(['', ' , ', '0', '1.5', 'abc', '64…1', '1…99999999', '-4', '1……4'])('refuses “%s”', (text) => {
    expect(parseBatches(text).problem).toMatch(/\w/);
  });

  it('refuses more sizes than a run can take', () => {
    const many = Array.from({ length: 33 }, (_, i) => i + 1).join(',');
    expect(parseBatches(many).problem).toMatch(/At most 32/);
  });

  it.each([[[1, 2, 4, 8]], [[1, 2]], [[5]], [[3, 6, 12, 20]], [[1, 3, 9]]])('writes %j back', (batches) => {
    expect(parseBatches(formatBatches(batches))).toEqual({ value: batches });
  });

  it('writes doublings as a range', () => {
    expect(formatBatches([1, 2, 4, 8])).toBe('1 … 8');
    expect(formatBatches([1, 2, 5])).toBe('1, 2, 5');
    expect(formatBatches([])).toBe('');
  });
});

describe('shape', () => {
  const dims = ['rows', 'cols'];
  it.each(['1237x3001', '1237 × 3001', '1237, 3001', '1237 3001', '1237X3001'])('%s', (text) => {
    expect(parseShape(text, dims)).toEqual({ value: [1237, 3001] });
  });
  it.each(['', '12', '1x2x3', '0x4', '1.5x2', 'axb', '-1x3'])('refuses “%s”', (text) => {
    expect(parseShape(text, dims).problem).toMatch(/\w/);
  });
});

describe('numbers', () => {
  it('reads decimals with point or comma', () => {
    expect(parsePositive('2.5', 'milliseconds')).toEqual({ value: 2.5 });
    expect(parsePositive('2,5', 'milliseconds')).toEqual({ value: 2.5 });
  });
  it.each(['', '0', '-1', 'ten', 'Infinity'])('refuses “%s”', (text) => {
    expect(parsePositive(text, 'milliseconds').problem).toMatch(/milliseconds/);
  });
  it('reads whole numbers', () => {
    expect(parseWhole('8', 'Heads')).toEqual({ value: 8 });
    expect(parseWhole('8.5', 'Heads').problem).toMatch(/Heads/);
  });
});
