import { bestUnder, type CurvePoint, knee, type Series, tailLatency } from '../../core';
import { type Domain, logDomain } from '../../report/svg/scale';
import type { SeriesStyle } from '../colours';
import { formatTick } from './scale';

/** A batch with the points measured at it, by series: one row of a chart. */
export interface CurveRow {
  readonly batch: number;
  readonly points: Readonly<Record<string, CurvePoint>>;
}

export type Quantity = 'throughput' | 'p50' | 'p99';

export function rowsOf(series: readonly Series[], batches: readonly number[]): CurveRow[] {
  return batches.map((batch) => ({
    batch,
    points: Object.fromEntries(
      series.flatMap(({ key, points }) => points.filter((p) => p.batch === batch).map((p) => [key, p])),
    ),
  }));
}

function intervalOf(point: CurvePoint, quantity: Quantity): readonly [number, number] | null {
  if (quantity === 'throughput') return point.throughputInterval;
  return quantity === 'p50' ? point.p50Interval : null;
}

/** Distances from a value down and up to the ends of its interval, as error bars want them. */
export function whisker(point: CurvePoint | undefined, quantity: Quantity): [number, number] {
  const value = point?.[quantity] ?? null;
  const interval = point ? intervalOf(point, quantity) : null;
  return value === null || !interval ? [0, 0] : [value - interval[0], interval[1] - value];
}

function extent(series: readonly Series[], quantities: readonly Quantity[]): number[] {
  const points = series.flatMap((one) => one.points);
  return points.flatMap((p) => quantities.flatMap((q) => [p[q] ?? 0, ...(intervalOf(p, q) ?? [])]));
}

/** A little room beyond the round ends, so that no point is cut in half. */
function padded([low, high]: Domain): Domain {
  const room = (high / low) ** 0.03;
  return [low / room, high * room];
}

export function throughputDomain(series: readonly Series[]): Domain {
  return padded(logDomain(extent(series, ['throughput'])));
}

/** Holds every latency, and the limit, which has to stay in sight. */
export function latencyDomain(series: readonly Series[], limitMs: number | null): Domain {
  const values = extent(series, ['p50', 'p99']);
  if (limitMs === null) return padded(logDomain(values));
  const limit = limitMs * 1e6;
  // With nothing measured, two decades under the limit.
  return padded(logDomain(values.length > 0 ? [...values, limit] : [limit / 100, limit * 3]));
}

/** The batch axis, with a little room at both ends. */
export function batchDomain(batches: readonly number[]): Domain {
  const [first, last] = [batches[0] ?? 1, batches.at(-1) ?? 1];
  return [first / 1.3, last * 1.3];
}

/** Whether the point's tail latency is over the limit: it is drawn hollow. */
export function overLimit(point: CurvePoint, limitMs: number | null): boolean {
  const tail = tailLatency(point);
  return limitMs !== null && tail !== null && tail.latencyNs > limitMs * 1e6;
}

export interface Mark {
  readonly id: string;
  readonly batch: number;
  readonly value: number;
  readonly text: string;
  readonly shape: 'ring' | 'diamond';
  readonly colour: string;
  /** Written out only for the series in focus. */
  readonly named: boolean;
}

/** The knee of the series in focus, and every series' best point under the limit. */
export function marksOf(
  series: readonly Series[],
  styles: Readonly<Record<string, SeriesStyle>>,
  focus: string | null,
  limitMs: number | null,
): Mark[] {
  const mark = (
    one: Series,
    point: CurvePoint | undefined | null,
    shape: Mark['shape'],
    text: string,
  ): Mark[] => {
    const value = point?.throughput ?? null;
    if (!point || value === null) return [];
    const colour = styles[one.key]?.colour ?? 'var(--ink)';
    return [
      { id: `${one.key} ${shape}`, batch: point.batch, value, text, shape, colour, named: one.key === focus },
    ];
  };
  return series.flatMap((one) => [
    ...(one.key === focus ? mark(one, knee(one.points), 'diamond', 'knee') : []),
    ...(limitMs === null
      ? []
      : mark(
          one,
          bestUnder(one.points, limitMs * 1e6)?.point,
          'ring',
          `best under ${formatTick(limitMs * 1e6)}`,
        )),
  ]);
}
