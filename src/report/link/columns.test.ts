import { describe, expect, it } from 'vitest';
import { fromColumns, type Json, toColumns } from './columns';

describe('columns', () => {
  it.each<[string, Json]>([
    ['scalars', [1, 'a', null, true]],
    ['an object', { a: 1, b: { c: [] } }],
    [
      'rows of the same fields',
      [
        { a: 1, b: 'x' },
        { a: 2, b: 'y' },
      ],
    ],
    ['rows of different fields', [{ a: 1 }, { b: 2 }, {}]],
    ['empty rows only', [{}, {}]],
    ['rows beside other values', [null, { a: 1 }, null, { a: null }, 'x', {}]],
    ['tables within tables', [{ m: { p: { v: 1 }, q: { v: 2 } } }, { m: { p: { v: 3 } } }, { m: {} }]],
    ['lists within rows', [{ a: [1, 2] }, { a: [] }, { a: [{ b: 1 }] }]],
    ['text that looks like our mark', ['#', { '#': '#', '##': '##' }, '#x']],
    ['a list that looks like a table', ['#', { a: [1] }]],
    ['fields named like members of objects', [JSON.parse('{"__proto__": 1, "constructor": 2}')]],
  ])('gives %s back', (_, value) => {
    const packed = JSON.parse(JSON.stringify(toColumns(value)));
    expect(JSON.stringify(fromColumns(packed))).toBe(JSON.stringify(value));
  });

  it('writes a field name once', () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({ someField: i }));
    expect(JSON.stringify(toColumns(rows)).match(/someField/g)).toHaveLength(1);
  });

  it.each<[string, Json]>([
    ['a missing field outside a table', ['#']],
    ['columns of different length', ['#', { a: [1], b: [1, 2] }]],
    ['a column that is no list', ['#', { a: 1 }]],
    ['other rows without numbers', ['#', { a: [1] }, [['x', 1]]]],
    ['other rows outside the table', ['#', { a: [1] }, [[5, null]]]],
    ['deep nesting', JSON.parse('['.repeat(5000) + ']'.repeat(5000))],
    ['deep nesting of tables', JSON.parse(`${'["#",{"a":'.repeat(500)}[1]${'}]'.repeat(500)}`)],
    ['very many rows', Array.from({ length: 21 }, (): Json => ['#', { a: Array(10_000).fill(0) }])],
  ])('refuses %s', (_, packed) => {
    expect(() => fromColumns(packed)).toThrow();
  });
});
