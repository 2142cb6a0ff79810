import { expect, test } from 'vitest';
import { alignColumns, formatSeconds } from './format';

test.each([
  [0.2, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [80, '1 min 20 s'],
  [-3, '0 s'],
])('%d seconds are %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

test('columns are as wide as their widest cell, lines without trailing space', () => {
  expect(
    alignColumns([
      ['a', 'long', 'x'],
      ['bcd', 'e', ''],
    ]),
  ).toBe('a    long  x\nbcd  e');
  expect(alignColumns([])).toBe('');
});
