import type { ReactNode } from 'react';
import { type Environment, formatBytes, formatCount, formatDuration } from '../../core';
import { gpuName } from '../environment';
import { useElsewhere, useShownEnvironment } from '../use-shown';

type Row = readonly [name: string, value: ReactNode];

function Sheet({ title, note, rows }: { title: string; note?: string; rows: readonly Row[] }) {
  return (
    <section className="panel sheet">
      <h2>{title}</h2>
      {note && <p>{note}</p>}
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const duration = (ns: number | null) => (ns === null ? 'not measured' : formatDuration(ns));

/** What the calibration means for a sample, in one sentence. */
function timerNote({ timer }: Environment): string {
  if (timer.clock === 'none' || timer.quantumNs === null) {
    return 'The GPU gives no timestamps here: only wall time is measured.';
  }
  const least = Math.max(timer.quantumNs * 100, (timer.emptyPassNs ?? 0) * 20);
  return `A timed pass lasts at least ${formatDuration(least)}: 100 steps of the clock and 20 empty passes. Shorter work is repeated within one pass.`;
}

function Timer({ environment }: { environment: Environment }) {
  const { timer } = environment;
  return (
    <Sheet
      title="Timer calibration"
      note={timerNote(environment)}
      rows={[
        ['GPU clock', timer.clock],
        ['Step of the GPU clock', duration(timer.quantumNs)],
        ['Pass that does nothing', duration(timer.emptyPassNs)],
        ['Waiting for an empty queue', duration(timer.syncFloorNs)],
        ['Step of the wall clock', duration(timer.wallStepNs)],
        [
          'Cross-origin isolated',
          environment.crossOriginIsolated ? 'yes' : 'no: coarse wall clock, one WASM thread',
        ],
      ]}
    />
  );
}

function limitText(name: string, value: number): string {
  return /size$|offset/i.test(name) && value >= 4096 ? formatBytes(value) : formatCount(value);
}

export default function EnvironmentView() {
  const { environment } = useShownEnvironment();
  const elsewhere = useElsewhere();
  if (!environment) {
    return (
      <>
        <h1>Environment</h1>
        <p className="claim">Looking at the adapter and calibrating its timer…</p>
      </>
    );
  }
  const { adapter, ceilings } = environment;
  return (
    <>
      <div>
        <h1>Environment</h1>
        <p className="claim">
          {elsewhere
            ? `Where the ${elsewhere.origin} result was measured, and how finely that could be timed.`
            : 'What this browser and GPU offer, and how finely they can be timed. Every result carries this.'}
        </p>
      </div>
      <div className="columns">
        <Sheet
          title="Adapter"
          rows={[
            ['GPU', gpuName(environment)],
            ...(adapter
              ? ([
                  ['Vendor', adapter.vendor || '–'],
                  ['Architecture', adapter.architecture || '–'],
                  ['Kind', adapter.software ? 'software: a CPU' : 'hardware'],
                ] satisfies Row[])
              : []),
            ['Browser', environment.browser],
            ['System', environment.os],
            ['CPU cores', formatCount(environment.cores)],
            ['Rooflab', environment.rooflab],
          ]}
        />
        <Timer environment={environment} />
        <Sheet
          title="Engines"
          rows={Object.entries(environment.engines).map(([id, { version, build }]) => [
            id,
            `${version} ${build}`,
          ])}
        />
        {ceilings && (
          <Sheet
            title="Ceilings"
            rows={[
              ...(ceilings.copyGBs
                ? [['Copy bandwidth', `${formatCount(ceilings.copyGBs)} GB/s`] as const]
                : []),
              ...(ceilings.fmaF32GFlops
                ? [['FMA, f32', `${formatCount(ceilings.fmaF32GFlops)} GFLOP/s`] as const]
                : []),
              ...(ceilings.fmaF16GFlops
                ? [['FMA, f16', `${formatCount(ceilings.fmaF16GFlops)} GFLOP/s`] as const]
                : []),
            ]}
          />
        )}
        {environment.features.length > 0 && (
          <section className="panel sheet">
            <h2>Features</h2>
            <ul className="tags">
              {environment.features.toSorted().map((feature) => (
                <li key={feature}>{feature}</li>
              ))}
            </ul>
          </section>
        )}
        {Object.keys(environment.limits).length > 0 && (
          <Sheet
            title="Limits"
            rows={Object.entries(environment.limits)
              .toSorted(([a], [b]) => a.localeCompare(b))
              .map(([name, value]) => [name, limitText(name, value)])}
          />
        )}
      </div>
    </>
  );
}
