import { Bar, BarChart, ErrorBar, ReferenceLine, XAxis, YAxis } from 'recharts';
import { formatShare } from '../../core';
import { engineColour } from '../colours';
import { useWidth } from './use-width';

export interface KernelBar {
  readonly label: string;
  readonly engine: string;
  /** Our best variant is drawn full, its baseline paler. */
  readonly pale: boolean;
  /** Share of the ceiling, or where no ceiling is known the speed relative to the fastest. */
  readonly share: number;
  readonly interval: readonly [number, number] | null;
  /** Beside the bar: the time. */
  readonly text: string;
}

interface KernelBarsProps {
  readonly bars: readonly KernelBar[];
  readonly ceiling: boolean;
  /** Whether the axis is written out: once, under the last of several charts. */
  readonly axis: boolean;
  readonly summary: string;
}

/** Variants of one kernel as shares of what the roofline allows: the line at 100 % is the ceiling. */
export default function KernelBars({ bars, ceiling, axis, summary }: KernelBarsProps) {
  const [ref, width] = useWidth();
  const names = width < 460 ? 86 : 140;
  const right = width < 460 ? 66 : 80;
  const top = Math.max(1, ...bars.map((bar) => bar.interval?.[1] ?? bar.share));
  return (
    <figure ref={ref} className="plot bars">
      <figcaption className="hidden">{summary}</figcaption>
      {width > 0 && (
        <BarChart
          data={[...bars]}
          layout="vertical"
          width={width}
          height={bars.length * 28 + (axis ? 26 : 6)}
          margin={{ top: 2, right, bottom: 0, left: 0 }}
          barSize={18}
          accessibilityLayer={false}
        >
          <XAxis
            type="number"
            domain={[0, top]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tickFormatter={(v: number) => `${v * 100} %`}
            hide={!axis}
            tickLine={false}
            stroke="var(--line)"
            height={22}
          />
          <YAxis
            type="category"
            dataKey="label"
            width={names}
            axisLine={false}
            tickLine={false}
            interval={0}
          />
          {ceiling && <ReferenceLine x={1} stroke="var(--bad)" strokeDasharray="4 3" />}
          <Bar
            dataKey="share"
            isAnimationActive={false}
            background={{ fill: 'var(--soft)' }}
            shape={({ x, y, width: length, height, payload }) => {
              const bar = payload as KernelBar;
              const colour = engineColour(bar.engine);
              return (
                <g>
                  <rect
                    x={x}
                    y={y}
                    width={Math.max(length ?? 0, 1)}
                    height={height}
                    rx={2}
                    fill={colour}
                    fillOpacity={bar.pale ? 0.45 : 1}
                  />
                  <text
                    x={width - right + 12}
                    y={(y ?? 0) + (height ?? 0) / 2}
                    dominantBaseline="central"
                    className="value"
                  >
                    {bar.text}
                  </text>
                </g>
              );
            }}
          >
            <ErrorBar
              dataKey={({ share, interval }: KernelBar) =>
                interval ? [share - interval[0], interval[1] - share] : [0, 0]
              }
              direction="x"
              width={5}
              stroke="var(--ink)"
              strokeWidth={1.2}
              isAnimationActive={false}
            />
          </Bar>
        </BarChart>
      )}
      {!ceiling && <p className="mute small">No ceiling was measured here: bars compare with the fastest.</p>}
      <span className="hidden">{bars.map((bar) => `${bar.label} ${formatShare(bar.share)}`).join('; ')}</span>
    </figure>
  );
}
