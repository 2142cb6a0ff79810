import { Bar, BarChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import { formatDuration, type Histogram } from '../../core';
import { useWidth } from './use-width';

interface SampleHistogramProps {
  readonly histogram: Histogram;
  readonly colour: string;
  readonly title: string;
  readonly median: number | null;
}

/** How the samples are spread: counts over logarithmic bins, the median marked. */
export function SampleHistogram({ histogram, colour, title, median }: SampleHistogramProps) {
  const [ref, width] = useWidth();
  const rows = histogram.counts.map((count, i) => ({
    at: histogram.start * histogram.step ** (i + 0.5),
    count,
  }));
  const last = rows.at(-1)?.at ?? 1;
  const ends: [number, number] = [histogram.start / histogram.step, last * histogram.step];
  const total = histogram.counts.reduce((a, b) => a + b, 0);
  return (
    <figure ref={ref} className="plot">
      <figcaption>
        {title} <span className="mute">{total} samples</span>
      </figcaption>
      {width > 0 && (
        <BarChart
          data={rows}
          width={width}
          height={104}
          margin={{ top: 4, right: 8, bottom: 0, left: 8 }}
          barCategoryGap={0}
          accessibilityLayer={false}
        >
          <XAxis
            dataKey="at"
            type="number"
            scale="log"
            domain={ends}
            ticks={[histogram.start, last]}
            tickFormatter={formatDuration}
            tickLine={false}
            stroke="var(--line)"
            height={24}
          />
          <YAxis hide domain={[0, 'dataMax']} />
          <Bar
            dataKey="count"
            fill={colour}
            barSize={Math.max(2, (width - 16) / (rows.length + 2) - 1)}
            isAnimationActive={false}
          />
          {median !== null && <ReferenceLine x={median} stroke="var(--ink)" strokeWidth={1} />}
        </BarChart>
      )}
    </figure>
  );
}
