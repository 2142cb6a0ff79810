import { bestUnder, formatDuration, formatNumber, formatTimes, knee, type Series } from '../../core';
import { formatTick } from '../charts/scale';

interface SeriesFactsProps {
  readonly series: Series;
  readonly limitMs: number | null;
}

/** What the curve in focus says, for those who would otherwise read it off the chart. */
export function SeriesFacts({ series: { points }, limitMs }: SeriesFactsProps) {
  const bend = knee(points);
  const best = limitMs === null ? null : bestUnder(points, limitMs * 1e6);
  const first = points[0];
  const gain = best?.point.throughput && first?.throughput ? best.point.throughput / first.throughput : null;
  const rows = [
    ['Knee', bend ? `batch ${bend.batch}` : 'none in sight'],
    ...(limitMs === null
      ? []
      : [
          [
            `Best under ${formatTick(limitMs * 1e6)}`,
            best ? `batch ${best.point.batch}` : points.length > 0 ? 'no batch' : '–',
          ],
        ]),
    ...(best?.point.throughput
      ? [
          [
            'There',
            `${formatNumber(best.point.throughput)} items/s, ${best.percentile} ${formatDuration(best.latencyNs)}`,
          ],
        ]
      : []),
    ...(gain && first && best && best.point !== first
      ? [[`Over batch ${first.batch}`, formatTimes(gain)]]
      : []),
  ];
  return (
    <dl className="facts series-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
