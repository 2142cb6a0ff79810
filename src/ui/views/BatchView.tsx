import { lazy, Suspense, useMemo, useState } from 'react';
import { bestUnder, formatCount, type Series } from '../../core';
import { isSoftware } from '../../report/environment';
import { BATCH_COLUMNS } from '../case-columns';
import { seriesStyles } from '../colours';
import { BatchSetup } from '../components/BatchSetup';
import { CaseDrawer } from '../components/CaseDrawer';
import { CaseTable } from '../components/CaseTable';
import { Choice } from '../components/Choice';
import { Findings } from '../components/Findings';
import { Headline } from '../components/Headline';
import { SeriesFacts } from '../components/SeriesFacts';
import { Swatch } from '../components/Swatch';
import { useFindings } from '../findings';
import { parseBatches, parsePositive } from '../store/parse';
import { findingsOf, sweepsOf } from '../sweeps';
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
  const [subject, setSubject] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const claim = useLab((s) => s.registry.experiments.find(({ id }) => id === 'batch')?.claim ?? '');
  const [opened, setOpened] = useState<string | null>(null);

  const result = shown?.result ?? null;
  const sweeps = useMemo(() => (result ? sweepsOf(result) : []), [result]);
  const sweep = sweeps.find((one) => one.key === subject) ?? sweeps[0];
  const series = useMemo(() => sweep?.series ?? [], [sweep]);
  const cases = sweep?.cases ?? [];
  const batches = sweep?.batches ?? parseBatches(setup.batches).value ?? [1];
  const styles = useMemo(() => seriesStyles(series), [series]);
  const limitMs = parsePositive(setup.latencyLimit, 'milliseconds').value ?? null;
  const all = useFindings('batch', result, limitMs);
  const findings = useMemo(() => (sweep ? findingsOf(all, sweep) : all), [all, sweep]);
  // What can be explained comes first: a series with GPU time has regimes and parts.
  const focus =
    series.find((one) => one.key === chosen) ??
    series.find((one) => one.points.some((p) => p.regime !== null)) ??
    series[0];
  const focused = new Set(focus?.points.map((p) => p.caseId));
  const best = useMemo(() => bestCases(series, limitMs), [series, limitMs]);
  const software = result !== null && isSoftware(result);
  const open = cases.find((c) => c.id === opened);

  return (
    <>
      <Headline experiment="batch" shown={shown} findings={findings} />
      <BatchSetup />
      {sweeps.length > 1 && (
        <div>
          <Choice
            label="Model"
            options={sweeps.map(({ key, title }) => ({ key, label: title }))}
            chosen={sweep?.key ?? null}
            onChoose={setSubject}
          />
        </div>
      )}
      <Findings findings={findings} claim={claim} questions={QUESTIONS} />
      <div className="split">
        <section className="panel" aria-labelledby="curve-title" data-watermark={software || undefined}>
          <div className="panel-head">
            <div>
              <h2 id="curve-title">
                Throughput and latency against batch {sweep && <span className="subject">{sweep.title}</span>}
              </h2>
              <p>
                items a second; below, p50 (line) and p99 (dots); bars: 95 % interval; hollow: over the limit
              </p>
            </div>
            <Choice
              label="Series in focus"
              options={series.map(({ key, label, engine }) => ({
                key,
                label,
                swatch: <Swatch engine={engine} colour={styles[key]?.colour ?? ''} />,
              }))}
              chosen={focus?.key ?? null}
              onChoose={setChosen}
            />
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
              <p>{focus ? `${focus.label}, from the call to data on the CPU` : 'share of a run, by batch'}</p>
            </div>
          </div>
          <Suspense fallback={<div className="plot parts" />}>
            <TimeParts
              cases={cases.filter((c) => focused.has(c.id))}
              batches={batches}
              colour={(focus && styles[focus.key]?.colour) ?? 'var(--edge)'}
            />
          </Suspense>
          {focus && <SeriesFacts series={focus} limitMs={limitMs} />}
        </section>
      </div>
      <CaseTable
        caption="Cases by batch and engine"
        columns={BATCH_COLUMNS}
        cases={cases}
        waiting={Math.max(0, planned - (result?.cases.length ?? 0))}
        best={best}
        software={software}
        onOpen={setOpened}
      />
      {open && <CaseDrawer case={open} onClose={() => setOpened(null)} />}
    </>
  );
}

/** Ids of every series' best case under the limit. */
function bestCases(series: readonly Series[], limitMs: number | null): ReadonlySet<string> {
  if (limitMs === null) return new Set();
  return new Set(series.flatMap(({ points }) => bestUnder(points, limitMs * 1e6)?.point.caseId ?? []));
}

/** The chart in words, for those who cannot see it. */
function summary(series: readonly Series[]): string {
  return series
    .map(({ label, points }) => {
      const [first, last] = [points[0], points.at(-1)];
      if (!first?.throughput || !last?.throughput) return label;
      return `${label}: ${formatCount(first.throughput)} items a second at batch ${first.batch}, ${formatCount(last.throughput)} at batch ${last.batch}`;
    })
    .join('; ');
}
