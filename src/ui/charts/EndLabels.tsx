import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Series } from '../../core';
import { spread } from '../../report/svg/scale';
import type { SeriesStyle } from '../colours';
import type { Quantity } from './curve-data';

interface EndLabelsProps {
  readonly series: readonly Series[];
  readonly styles: Readonly<Record<string, SeriesStyle>>;
  readonly quantity: Quantity;
}

/** Names of the series beside their last points, moved apart where they would touch. */
export function EndLabels({ series, styles, quantity }: EndLabelsProps) {
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!plot || !x || !y) return null;
  const ends = series.flatMap(({ key, label, points }) => {
    const last = points.findLast((point) => point[quantity] !== null);
    return last ? [{ key, label, x: x(last.batch) ?? 0, y: y(last[quantity]) ?? 0 }] : [];
  });
  const placed = spread(
    ends.map((end) => end.y),
    16,
    [plot.y + 6, plot.y + plot.height - 6],
  );
  return (
    <g className="ends">
      {ends.map(({ key, label, x, y }, i) => (
        <g key={key} style={{ color: styles[key]?.ink }}>
          <path d={`M${x + 7} ${y}l9 ${placed[i]! - y}`} />
          <text x={x + 19} y={placed[i]} dominantBaseline="central">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}
