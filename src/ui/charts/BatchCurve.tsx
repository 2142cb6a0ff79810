import { useMemo, useRef, useState } from 'react';
import { CartesianGrid, ErrorBar, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { Series } from '../../core';
import { type Domain, logTicks } from '../../report/svg/scale';
import { seriesStyles } from '../colours';
import { CurveTooltip } from './CurveTooltip';
import {
  batchDomain,
  type CurveRow,
  latencyDomain,
  marksOf,
  overLimit,
  type Quantity,
  rowsOf,
  throughputDomain,
  whisker,
} from './curve-data';
import { Dot } from './Dot';
import { EndLabels } from './EndLabels';
import { LimitHandle } from './LimitHandle';
import { Marks } from './Marks';
import { RegimeBands } from './RegimeBands';
import { formatTick, ticksAway } from './scale';
import { useWidth } from './use-width';

interface BatchCurveProps {
  readonly series: readonly Series[];
  /** All batches of the run, measured or not yet, so that the axis holds still while the chart fills. */
  readonly batches: readonly number[];
  /** Key of the series whose regimes and marks are written out. */
  readonly focus: string | null;
  readonly limitMs: number | null;
  onLimit(limitMs: number): void;
}

/** Below this width names of series and marks leave the plot. */
const COMPACT = 560;
const LABELS = 128;
/** Height of the strip above the plot in which regimes are named. */
const STRIP = 20;

const GRID = <CartesianGrid vertical={false} stroke="var(--line)" />;
const CURSOR = { stroke: 'var(--edge)', strokeDasharray: '2 3' };

const valueAxis = (domain: Domain, ticks: number[], write: (value: number) => string) => (
  <YAxis
    type="number"
    scale="log"
    domain={[...domain]}
    ticks={ticks}
    tickFormatter={write}
    width={58}
    allowDataOverflow
    axisLine={false}
    tickLine={false}
  />
);

const shortNumber = new Intl.NumberFormat('en', { notation: 'compact' });
/** `20k`, as rates are said. */
const formatRate = (rate: number) => shortNumber.format(rate).replace('K', 'k');

/** Throughput above, latency below, over one batch axis. */
export default function BatchCurve({ series, batches, focus, limitMs, onLimit }: BatchCurveProps) {
  const [ref, width] = useWidth();
  const [dragging, setDragging] = useState(false);
  const rows = useMemo(() => rowsOf(series, batches), [series, batches]);
  const styles = useMemo(() => seriesStyles(series), [series]);
  const held = useRef<Domain>([1, 10]);
  if (!dragging) held.current = latencyDomain(series, limitMs);

  const compact = width < COMPACT;
  const x = batchDomain(batches);
  const every = Math.ceil((batches.length * 30) / Math.max(width - 80, 1));
  const rates = throughputDomain(series);
  const limitNs = limitMs === null ? null : limitMs * 1e6;
  const latencyTicks = ticksAway(logTicks(held.current, 6), limitNs, held.current, 200);
  const focused = series.find((one) => one.key === focus)?.points ?? [];

  const line = (key: string, quantity: Quantity) => {
    const style = styles[key]!;
    const tail = quantity === 'p99';
    return (
      <Line
        key={`${key} ${quantity}`}
        dataKey={(row: CurveRow) => row.points[key]?.[quantity] ?? null}
        stroke={style.colour}
        strokeWidth={tail ? 1.2 : key === focus ? 2.4 : 1.8}
        {...(tail ? { strokeDasharray: '1.5 3.5', strokeLinecap: 'round' as const } : {})}
        dot={({ cx, cy, payload, index }) => {
          const point = (payload as CurveRow).points[key];
          if (!point || point[quantity] === null || cx === undefined || cy === undefined)
            return <g key={index} />;
          const hollow = quantity === 'throughput' ? overLimit(point, limitMs) : tail;
          return <Dot key={index} cx={cx} cy={cy} style={style} hollow={hollow} size={tail ? 2.2 : 3.2} />;
        }}
        activeDot={false}
        isAnimationActive={false}
        connectNulls
      >
        <ErrorBar
          dataKey={(row: CurveRow) => whisker(row.points[key], quantity)}
          width={4}
          strokeWidth={1.2}
          stroke={style.colour}
          isAnimationActive={false}
        />
      </Line>
    );
  };

  const frame = {
    data: rows,
    width,
    margin: { top: 6, right: compact ? 12 : LABELS, bottom: 0, left: 0 },
    syncId: 'batch',
    syncMethod: 'value' as const,
    accessibilityLayer: false,
  };
  const xAxis = {
    dataKey: 'batch',
    type: 'number',
    scale: 'log',
    domain: x,
    allowDataOverflow: true,
  } as const;

  return (
    <div ref={ref} className="plot curve">
      {series.length === 0 && (
        <p className="plot-empty">
          <b>Nothing measured yet</b>
          The curves fill in as batches are measured. Drag the limit to ask another question of them.
        </p>
      )}
      {width > 0 && (
        <>
          <LineChart {...frame} margin={{ ...frame.margin, top: STRIP }} height={compact ? 204 : 252}>
            <RegimeBands points={focused} domain={x} room={STRIP} />
            {GRID}
            <XAxis {...xAxis} hide />
            {valueAxis(rates, series.length > 0 ? logTicks(rates, 6) : [], formatRate)}
            <Tooltip
              content={<CurveTooltip series={series} styles={styles} quantity="throughput" />}
              isAnimationActive={false}
              cursor={CURSOR}
            />
            {series.map(({ key }) => line(key, 'throughput'))}
            <Marks marks={marksOf(series, styles, focus, limitMs)} compact={compact} />
            {!compact && <EndLabels series={series} styles={styles} quantity="throughput" />}
          </LineChart>
          <LineChart {...frame} height={compact ? 196 : 228}>
            <RegimeBands points={focused} domain={x} room={0} />
            {GRID}
            <XAxis
              {...xAxis}
              ticks={batches.filter((_, i) => i % every === 0)}
              interval={0}
              tickLine={false}
              height={26}
              stroke="var(--line)"
            />
            {valueAxis(held.current, latencyTicks, formatTick)}
            <Tooltip
              content={<CurveTooltip series={series} styles={styles} quantity="latency" />}
              isAnimationActive={false}
              cursor={CURSOR}
            />
            {series.map(({ key }) => line(key, 'p99'))}
            {series.map(({ key }) => line(key, 'p50'))}
            {!compact && <EndLabels series={series} styles={styles} quantity="p50" />}
            {limitMs !== null && (
              <LimitHandle limitMs={limitMs} domain={held.current} onLimit={onLimit} onDrag={setDragging} />
            )}
          </LineChart>
        </>
      )}
    </div>
  );
}
