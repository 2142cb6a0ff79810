/** What to read off a throughput/latency curve. Points without the numbers a question needs are passed over. */
import type { CurvePoint } from './curve';

/** Below this height over the chord, in a unit square, a curve is too straight to have a knee. */
const MIN_BEND = 0.1;
/** Where the whole sweep gains less, there is nothing whose end a knee could mark. */
const MIN_GAIN = 1.2;

/**
 * Where batching stops to pay: the point farthest above the chord from the first point to the peak, both axes
 * logarithmic and scaled to 0…1. That is Kneedle's difference curve (Satopää, Albrecht, Irwin & Raghavan
 * 2011) on axes on which perfect scaling is a straight line.
 * @param points one series, in order of batch.
 * @returns null for fewer than three points up to the peak, or where the curve is too flat or too straight.
 */
export function knee(points: readonly CurvePoint[]): CurvePoint | null {
  const known = points.filter((p) => (p.throughput ?? 0) > 0);
  const height = (p: CurvePoint) => Math.log(p.throughput ?? 1);
  const peak = known.reduce((best, p, i) => (height(p) > height(known[best] ?? p) ? i : best), 0);
  const first = known[0];
  const last = known[peak];
  if (peak < 2 || !first || !last || height(last) - height(first) < Math.log(MIN_GAIN)) return null;
  const along = (p: CurvePoint) => Math.log(p.batch / first.batch) / Math.log(last.batch / first.batch);
  const up = (p: CurvePoint) => (height(p) - height(first)) / (height(last) - height(first));
  const bend = (p: CurvePoint) => up(p) - along(p);
  const sharpest = known.slice(1, peak).reduce((a, b) => (bend(b) > bend(a) ? b : a));
  return bend(sharpest) >= MIN_BEND ? sharpest : null;
}

export interface Best {
  readonly point: CurvePoint;
  /** The highest percentile of this point that was not withheld, which is what was held to the limit. */
  readonly percentile: 'p99' | 'p95' | 'p50';
  readonly latencyNs: number;
}

/** The latency that is held to a limit: p99 where there are samples enough for it, else p95, else the median. */
export function tailLatency(point: CurvePoint): Omit<Best, 'point'> | null {
  for (const percentile of ['p99', 'p95', 'p50'] as const) {
    const latencyNs = point[percentile];
    if (latencyNs !== null) return { percentile, latencyNs };
  }
  return null;
}

/** The point of the highest throughput whose tail latency is within the limit; null when none is. */
export function bestUnder(points: readonly CurvePoint[], limitNs: number): Best | null {
  let best: Best | null = null;
  for (const point of points) {
    const tail = tailLatency(point);
    if (point.throughput === null || !tail || tail.latencyNs > limitNs) continue;
    if (point.throughput > (best?.point.throughput ?? 0)) best = { point, ...tail };
  }
  return best;
}

/**
 * The smallest batch from which on, at every batch both have, A's throughput exceeds B's with intervals that
 * do not overlap; null when A does not at the largest.
 */
export function overtakes(a: readonly CurvePoint[], b: readonly CurvePoint[]): number | null {
  let from: number | null = null;
  for (const point of a.toReversed()) {
    const other = b.find((p) => p.batch === point.batch);
    if (!other) continue;
    const [low] = point.throughputInterval ?? [-Infinity];
    const high = other.throughputInterval?.[1] ?? Infinity;
    if (low <= high) return from;
    from = point.batch;
  }
  return from;
}
