import { lazy, Suspense, useMemo, useState } from 'react';
import { seriesStyles } from '../colours';
import { BATCH_COLUMNS } from '../case-columns';
import { CaseDrawer } from '../components/CaseDrawer';
import { CaseTable } from '../components/CaseTable';
import { Findings } from '../components/Findings';
import { Headline } from '../components/Headline';
import { SeriesPicker } from '../components/SeriesPicker';
import { BatchSetup } from '../components/BatchSetup';
import { bestUnder, curves, formatCount } from '../core';
import { parseBatches, parsePositive } from '../store/parse';
import { useLab } from '../use-lab';
import { useShown } from '../use-shown';

const BatchCurve = lazy(() => import('../charts/BatchCurve'));
const TimeParts = lazy(() => import('../charts/TimeParts'));

const QUESTIONS = [
  'Which batch gives the most within the latency limit?',
  'What limits each batch: launching, memory or arithmetic?',
  'From which batch on does WebGPU overtake WASM?',
];

export default function BatchView() {
  const shown = useShown('batch');
  const setup = useLab((s) => s.setup);
  const set = useLab((s) => s.set);
  const planned = useLab((s) => (s.running?.experiment === 'batch' ? s.running.planned.length : 0));
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);

  const result = shown?.result ?? null;
  const cases = useMemo(() => result?.cases.filter((c) => c.experiment === 'batch') ?? [], [result]);
  const series = useMemo(() => (result ? curves(cases, result.environment) : []), [cases, result]);
  const styles = useMemo(() => seriesStyles(series), [series]);
  const focus = series.find((one) => one.key === chosen) ?? series.find((one) => one.points.some((p) => p.regime)) ?? series[0];
  const limitMs = parsePositive(setup.latencyLimit, 'milliseconds').value ?? null;
  const request = result?.spec.experiments.find((r) => r.id === 'batch');
  const batches = request?.batches ?? parseBatches(setup.batches).value ?? [1];
  const best = useMemo(
    () =>
      new Set(
        limitMs === null ? [] : series.flatMap(({ points }) => bestUnder(points, limitMs * 1e6)?.point.caseId ?? []),
      ),
    [series, limitMs],
  );
  const timed = series.filter((one) => one.points.some((p) => p.utilisation !== null));
  const parts = focus && timed.includes(focus) ? focus : timed[0];
  const ids = new Set(parts?.points.map((p) => p.caseId));
  const software = result?.environment.adapter?.software ?? false;
  const open = cases.find((c) => c.id === opened);

  return (
    <>
      <Headline experiment="batch" shown={shown} />
      <BatchSetup />
      <Findings findings={result?.findings.filter((f) => f.experiment === 'batch') ?? []} questions={QUESTIONS} />
      <div className="split">
        <section className="panel" aria-labelledby="curve-title" data-watermark={software || undefined}>
          <div className="panel-head">
            <div>
              <h2 id="curve-title">Throughput and latency against batch</h2>
              <p>
                samples a second above; p50 (line) and p99 (dots) below; bars: 95 % interval; hollow: over the limit
              </p>
            </div>
            <SeriesPicker series={series} styles={styles} chosen={focus?.key ?? null} onChoose={setChosen} />
          </div>
          <Suspense fallback={<div className="plot curve" />}>
            <BatchCurve
              series={series}
              batches={batches}
              focus={focus?.key ?? null}
              limitMs={limitMs}
              onLimit={(ms) => set({ latencyLimit: String(ms) })}
            />
          </Suspense>
          <p className="hidden">{summary(series)}</p>
        </section>
        <section className="panel" aria-labelledby="parts-title" data-watermark={software || undefined}>
          <div className="panel-head">
            <div>
              <h2 id="parts-title">Where a run’s time goes</h2>
              <p>{parts ? `${parts.label}, from the call to data on the CPU` : 'share of a run, by batch'}</p>
            </div>
          </div>
          <Suspense fallback={<div className="plot parts" />}>
            <TimeParts
              cases={cases.filter((c) => ids.has(c.id))}
              batches={batches}
              colour={(parts && styles[parts.key]?.colour) ?? 'var(--edge)'}
            />
          </Suspense>
        </section>
      </div>
      <CaseTable
        caption="Cases by batch and engine"
        columns={BATCH_COLUMNS}
        cases={cases}
        waiting={Math.max(0, planned - cases.length)}
        best={best}
        onOpen={setOpened}
      />
      {open && <CaseDrawer case={open} onClose={() => setOpened(null)} />}
    </>
  );
}

/** The chart in words, for those who cannot see it. */
function summary(series: ReturnType<typeof curves>): string {
  return series
    .map(({ label, points }) => {
      const [first, last] = [points[0], points.at(-1)];
      if (!first?.throughput || !last?.throughput) return label;
      return `${label}: ${formatCount(first.throughput)} samples a second at batch ${first.batch}, ${formatCount(last.throughput)} at batch ${last.batch}`;
    })
    .join('; ');
}
