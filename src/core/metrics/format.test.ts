import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatInterval,
  formatMetric,
  formatNumber,
  formatShare,
  formatTimes,
  formatValue,
} from '.';

test('numbers have three significant digits and separated thousands', () => {
  expect([0, 1, 0.98765, 45.64, 11_480, 0.001234].map(formatNumber)).toEqual([
    '0',
    '1.00',
    '0.988',
    '45.6',
    '11,500',
    '0.00123',
  ]);
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect(formatShare(0.931)).toBe('93.1 %');
  expect(formatTimes(1.8349)).toBe('1.83×');
  expect(formatInterval([0.9812, 1.0399])).toBe('[0.981, 1.04]');
});

test('durations take the unit that reads best, after rounding', () => {
  expect([0, 0.25, 812, 999.4, 999.6, 4560, 78.9e6, 1.5e9, 90e9].map(formatDuration)).toEqual([
    '0 ns',
    '0.250 ns',
    '812 ns',
    '999 ns',
    '1.00 µs',
    '4.56 µs',
    '78.9 ms',
    '1.50 s',
    '90.0 s',
  ]);
});

test('rates and bytes', () => {
  expect(formatValue(64.26e12, 'FLOP/s')).toBe('64.3 TFLOP/s');
  expect(formatValue(4.15e12, 'B/s')).toBe('4.15 TB/s');
  expect(formatValue(11_480, 'items/s')).toBe('11,500 items/s');
  expect(formatBytes(268_435_456)).toBe('268 MB');
});

test('a metric without a value says why', () => {
  const none = { value: null, unit: 'ns', interval: null, n: 3 } as const;
  expect(formatMetric({ ...none, withheld: 'needs 311 more samples' })).toBe('needs 311 more samples');
  expect(formatMetric({ ...none, value: 1500 })).toBe('1.50 µs');
});
