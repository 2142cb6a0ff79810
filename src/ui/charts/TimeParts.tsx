import { Bar, BarChart, XAxis, YAxis } from 'recharts';
import { type CaseResult, formatShare, type TimeShares, timeShares } from '../../core';
import { useWidth } from './use-width';

const PARTS = [
  { id: 'gpu', title: 'GPU busy' },
  { id: 'encoding', title: 'encoding on the CPU' },
  { id: 'transfer', title: 'transfer' },
  { id: 'idle', title: 'idle' },
] as const;

/** Fills by pattern, not colour, so that a part is never taken for an engine: only busy time has the engine's. */
function Patterns() {
  return (
    <defs>
      <pattern
        id="part-encoding"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="5" height="5" fill="var(--soft)" />
        <line x1="1" x2="1" y1="0" y2="5" stroke="var(--mute)" strokeWidth="2" />
      </pattern>
      <pattern id="part-transfer" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" fill="var(--soft)" />
        <circle cx="2.5" cy="2.5" r="1.1" fill="var(--mute)" />
      </pattern>
    </defs>
  );
}

const fillOf = (part: (typeof PARTS)[number]['id'], colour: string) =>
  part === 'gpu' ? colour : part === 'idle' ? 'var(--soft)' : `url(#part-${part})`;

type Row = TimeShares & { readonly batch: number };
const NONE: TimeShares = { gpu: 0, encoding: 0, transfer: 0, idle: 0 };

/** Pixels from one bar to the next. */
const PITCH = 32;

interface TimePartsProps {
  /** Of one series. */
  readonly cases: readonly CaseResult[];
  /** All batches of the run: rows are held open for those not measured yet. */
  readonly batches: readonly number[];
  readonly colour: string;
}

/** Shares of a run's time by batch. */
export default function TimeParts({ cases, batches, colour }: TimePartsProps) {
  const [ref, width] = useWidth();
  const rows = batches.map((batch): Row => {
    const run = cases.find(({ workload }) => workload.kind === 'model' && workload.batch === batch);
    return { batch, ...((run && timeShares(run)) ?? NONE) };
  });
  const summary = rows.map(
    (row) => `batch ${row.batch}: ${PARTS.map((p) => `${p.title} ${formatShare(row[p.id])}`).join(', ')}`,
  );
  return (
    <figure ref={ref} className="plot parts">
      <figcaption className="hidden">{summary.join('; ')}</figcaption>
      {width > 0 && (
        <BarChart
          data={rows}
          layout="vertical"
          width={width}
          height={rows.length * PITCH + 30}
          margin={{ top: 4, right: 22, bottom: 0, left: 0 }}
          barSize={18}
          accessibilityLayer={false}
        >
          <Patterns />
          <XAxis
            type="number"
            domain={[0, 1]}
            ticks={[0, 0.5, 1]}
            tickFormatter={(share: number) => `${share * 100} %`}
            tickLine={false}
            stroke="var(--line)"
            height={26}
          />
          <YAxis type="category" dataKey="batch" width={36} axisLine={false} tickLine={false} interval={0} />
          {PARTS.map((part) => (
            <Bar
              key={part.id}
              dataKey={part.id}
              stackId="run"
              fill={fillOf(part.id, colour)}
              stroke="var(--panel)"
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      )}
      <ul className="key">
        {PARTS.map((part) => (
          <li key={part.id}>
            <svg width="14" height="12" aria-hidden="true">
              <rect width="14" height="12" rx="2" fill={fillOf(part.id, colour)} />
            </svg>
            {part.title}
          </li>
        ))}
      </ul>
    </figure>
  );
}
