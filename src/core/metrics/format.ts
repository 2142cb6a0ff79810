/** Numbers for people: three significant digits, thousands separated, the unit that reads best. */
import type { Metric, Unit } from '../contract';
import type { Interval } from '../stats';

const threeDigits = new Intl.NumberFormat('en-US', {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,230`, `45.6`, `0.00789`. */
export function formatNumber(value: number): string {
  return value === 0 ? '0' : threeDigits.format(value);
}

/** A count, all its digits: `12,345`. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** The largest scale that leaves at least 1 after rounding; the smallest for what is below all of them. */
function withPrefix(value: number, scales: readonly (readonly [factor: number, unit: string])[]): string {
  const rounded = Math.abs(Number(value.toPrecision(3)));
  const [factor, unit] = scales.findLast(([f]) => rounded >= f) ?? scales[0]!;
  return `${formatNumber(value / factor)} ${unit}`;
}

/** `812 ns`, `4.56 µs`, `78.9 ms`, `1.23 s`. */
export function formatDuration(ns: number): string {
  return withPrefix(ns, [
    [1, 'ns'],
    [1e3, 'µs'],
    [1e6, 'ms'],
    [1e9, 's'],
  ]);
}

const SI = [
  [1, ''],
  [1e3, 'k'],
  [1e6, 'M'],
  [1e9, 'G'],
  [1e12, 'T'],
] as const;

const si = (value: number, unit: string) =>
  withPrefix(
    value,
    SI.map(([factor, prefix]) => [factor, `${prefix}${unit}`] as const),
  );

/** Decimal: `268 MB`. */
export function formatBytes(bytes: number): string {
  return si(bytes, 'B');
}

/** `93.1 %`. */
export function formatShare(share: number): string {
  return `${formatNumber(share * 100)} %`;
}

/** `1.84×`. */
export function formatTimes(ratio: number): string {
  return `${formatNumber(ratio)}×`;
}

export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'ns':
      return formatDuration(value);
    case 'items/s':
      return `${formatNumber(value)} items/s`;
    case 'FLOP/s':
      return si(value, 'FLOP/s');
    case 'B/s':
      return si(value, 'B/s');
    case 'ratio':
      return formatShare(value);
    default:
      return unit satisfies never;
  }
}

/** The value, or why there is none. */
export function formatMetric(metric: Metric): string {
  return metric.value === null ? (metric.withheld ?? 'not measured') : formatValue(metric.value, metric.unit);
}

/** A ratio's interval: `[0.981, 1.04]`. */
export function formatInterval([low, high]: Interval): string {
  return `[${formatNumber(low)}, ${formatNumber(high)}]`;
}
