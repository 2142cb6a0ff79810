import {
  bestUnder,
  type CurvePoint,
  formatDuration,
  formatNumber,
  knee,
  type Series,
} from '../../core/metrics';
import { engineColour } from '../colours';
import { type Markup, markup } from '../html/markup';
import { plain } from '../plain';
import { grid, type Line, plotLine, px } from './panel';
import { type Domain, logDomain, logScale, logTicks, type Scale, spread } from './scale';

const WIDTH = 860;
const LEFT = 64;
const RIGHT = 700;
const THROUGHPUT: Domain = [26, 226];
const LATENCY: Domain = [262, 442];
const HEIGHT = 480;

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
/** `2.00 ms` reads better as `2 ms` on an axis. */
const durationTick = (ns: number) => formatDuration(ns).replace(/\.0+(?= )/, '');

function lineOf(
  { engine, points }: Series,
  value: (point: CurvePoint) => number | null,
  interval: (point: CurvePoint) => readonly [number, number] | null,
  dashed = false,
): Line {
  const known = points.flatMap((point) => {
    const y = value(point);
    return y !== null && y > 0 ? [{ x: point.batch, y, interval: interval(point) }] : [];
  });
  return { engine, dashed, points: known };
}

const extent = (lines: readonly Line[]) =>
  lines.flatMap(({ points }) => points.flatMap(({ y, interval }) => [y, ...(interval ?? [])]));

/** Names at the ends of the lines, moved apart where they would touch. */
function endLabels(series: readonly Series[], lines: readonly Line[], y: Scale, bounds: Domain): Markup[] {
  const ends = lines.flatMap((line, i) => {
    const end = line.points.at(-1);
    return end ? [{ label: series[i]!.label, engine: line.engine, at: y(end.y) }] : [];
  });
  const places = spread(
    ends.map((end) => end.at),
    15,
    bounds,
  );
  return ends.map(
    ({ label, engine }, i) =>
      markup`<text class="end" x="${RIGHT + 16}" y="${px(places[i]! + 4)}" style="--c:${engineColour(engine)}">${plain(label)}</text>`,
  );
}

/** The knee as a diamond and the best batch under the limit as a ring, on every throughput line. */
function marks(series: readonly Series[], limitNs: number, x: Scale, y: Scale): Markup[] {
  return series.map(({ engine, points }) => {
    const bend = knee(points);
    const best = bestUnder(points, limitNs)?.point;
    const diamond =
      bend?.throughput != null
        ? markup`<path d="M${px(x(bend.batch))} ${px(y(bend.throughput) - 9)}l9 9l-9 9l-9 -9z"/>`
        : null;
    const ring =
      best?.throughput != null
        ? markup`<circle cx="${px(x(best.batch))}" cy="${px(y(best.throughput))}" r="8"/>`
        : null;
    return markup`<g class="mark" style="--c:${engineColour(engine)}">${diamond}${ring}</g>`;
  });
}

/** The chart in a sentence for each series. */
function sentences(series: readonly Series[], limitNs: number): string {
  const each = series.map(({ label, points }) => {
    const known = points.flatMap(({ batch, throughput }) =>
      throughput === null ? [] : [{ batch, throughput }],
    );
    const ends = [known[0], known.at(-1)]
      .flatMap((point) =>
        point ? [`${formatNumber(point.throughput)} items/s at batch ${point.batch}`] : [],
      )
      .join(', ');
    const bend = knee(points);
    const best = bestUnder(points, limitNs);
    return [
      `${label}: ${ends}`,
      bend ? `knee at ${bend.batch}` : null,
      best
        ? `best under ${formatDuration(limitNs)} at ${best.point.batch} (${best.percentile} ${formatDuration(best.latencyNs)})`
        : null,
    ]
      .filter((part) => part !== null)
      .join(', ');
  });
  return `${each.join('. ')}.`;
}

/**
 * Throughput and latency against batch: two panels over one logarithmic batch axis, 95 % intervals as whiskers.
 * @param series of one model and precision.
 * @param limitNs the latency limit under which the best batch is marked.
 * @param id unique in the page, for the labels.
 */
export function curveChart(series: readonly Series[], limitNs: number, id: string): Markup {
  const batches = [...new Set(series.flatMap(({ points }) => points.map((p) => p.batch)))].sort(
    (a, b) => a - b,
  );
  const x = logScale([(batches[0] ?? 1) / 1.25, (batches.at(-1) ?? 1) * 1.25], [LEFT, RIGHT]);
  const throughput = series.map((one) =>
    lineOf(
      one,
      (p) => p.throughput,
      (p) => p.throughputInterval,
    ),
  );
  const p50 = series.map((one) =>
    lineOf(
      one,
      (p) => p.p50,
      (p) => p.p50Interval,
    ),
  );
  const p99 = series.map((one) =>
    lineOf(
      one,
      (p) => p.p99,
      () => null,
      true,
    ),
  );
  const rates = logDomain(extent(throughput));
  const times = logDomain([...extent(p50), ...extent(p99), limitNs]);
  const up = logScale(rates, [THROUGHPUT[1], THROUGHPUT[0]]);
  const down = logScale(times, [LATENCY[1], LATENCY[0]]);
  const limit = px(down(limitNs));
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">Throughput and latency against batch</title>
<desc id="${id}-desc">${plain(sentences(series, limitNs))}</desc>
<text class="axis" x="${LEFT}" y="14">items/s</text>
${grid(logTicks(rates, 7), up, LEFT, RIGHT, (value) => compact.format(value))}
<text class="axis" x="${LEFT}" y="${LATENCY[0] - 12}">wall time: median, dotted p99</text>
${grid(logTicks(times, 6), down, LEFT, RIGHT, durationTick)}
<line class="limit" x1="${LEFT}" x2="${RIGHT}" y1="${limit}" y2="${limit}"/>
<text class="limit" x="${LEFT + 4}" y="${px(limit - 5)}">limit ${durationTick(limitNs)}</text>
${batches.map((batch) => markup`<text x="${px(x(batch))}" y="${LATENCY[1] + 18}" text-anchor="middle">${batch}</text>`)}
<text class="axis" x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 4}" text-anchor="middle">batch</text>
${throughput.map((line) => plotLine(line, x, up))}
${[...p99, ...p50].map((line) => plotLine(line, x, down))}
${marks(series, limitNs, x, up)}
${endLabels(series, throughput, up, THROUGHPUT)}
${endLabels(series, p50, down, LATENCY)}
</svg>`;
}
