import { type CaseResult, formatDuration, type Histogram, logHistogram } from '../../core';
import { SampleHistogram } from '../charts/SampleHistogram';
import { engineColour } from '../colours';

const CLOCKS = [
  { id: 'encodeNs', title: 'Encoding on the CPU' },
  { id: 'gpuNs', title: 'GPU busy' },
  { id: 'wallNs', title: 'Until the work was done' },
  { id: 'readbackNs', title: 'Until the data was on the CPU' },
] as const;

const BINS = 32;

type ClockId = (typeof CLOCKS)[number]['id'];

function median(values: readonly number[]): number | null {
  const ascending = values.toSorted((a, b) => a - b);
  return ascending[ascending.length >> 1] ?? null;
}

interface Spread {
  readonly histogram: Histogram;
  readonly median: number;
}

/** Raw samples where the result has them, else the compact histogram that a share link carries. */
function spreadOf(shown: CaseResult, id: ClockId): Spread | null {
  const values = shown.samples[id].filter((v) => v !== null);
  const kept = values.length > 0 ? logHistogram(values, stepFor(values)) : shown.histograms?.[id];
  if (!kept) return null;
  const histogram = { ...kept, counts: [...kept.counts] };
  const middle = median(values) ?? medianOf(histogram);
  return middle === null ? null : { histogram, median: middle };
}

/** About `BINS` bins over what was measured. */
function stepFor(values: readonly number[]): number {
  const positive = values.filter((v) => v > 0);
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  return Math.max((high / low) ** (1 / BINS), 1.0005);
}

function medianOf({ start, step, counts }: Histogram): number | null {
  let left = counts.reduce((a, b) => a + b, 0) / 2;
  const bin = counts.findIndex((count) => {
    left -= count;
    return left <= 0;
  });
  return bin < 0 ? null : start * step ** (bin + 0.5);
}

/** The clocks of a case one under another on one scale, and how their samples are spread. */
export default function CaseTimes({ case: shown }: { case: CaseResult }) {
  const clocks = CLOCKS.map((clock) => ({ ...clock, spread: spreadOf(shown, clock.id) }));
  const longest = Math.max(...clocks.map((clock) => clock.spread?.median ?? 0));
  const colour = engineColour(shown.engine);
  return (
    <>
      <h3>Clocks, medians</h3>
      <dl className="clocks">
        {clocks.map(({ id, title, spread }) => (
          <div key={id}>
            <dt>{title}</dt>
            <dd>
              <span
                style={{
                  width: `${((spread?.median ?? 0) / longest) * 100}%`,
                  background: id === 'gpuNs' ? colour : 'var(--edge)',
                }}
              />
              {spread ? formatDuration(spread.median) : 'not measured'}
            </dd>
          </div>
        ))}
      </dl>
      {clocks
        .filter(({ id }) => id === 'gpuNs' || id === 'wallNs')
        .map(({ id, title, spread }) =>
          spread ? (
            <SampleHistogram
              key={id}
              title={title}
              histogram={spread.histogram}
              median={spread.median}
              colour={id === 'gpuNs' ? colour : 'var(--edge)'}
            />
          ) : null,
        )}
    </>
  );
}
