import type { RunResult } from '../core/contract';
import { formatDuration, formatNumber } from '../core/metrics';
import { plain } from './plain';

/** Stands in every output of a run on a software adapter (method.md 11). */
export const SOFTWARE_NOTICE =
  'SOFTWARE ADAPTER: a CPU played the GPU. Counters and correctness hold; times say nothing about a GPU.';

export function isSoftware({ environment }: Pick<RunResult, 'environment'>): boolean {
  return environment.adapter?.software === true;
}

/** A line of the description of where a result was measured. */
export interface Fact {
  readonly title: string;
  readonly text: string;
}

const duration = (ns: number | null) => (ns === null ? 'not known' : ns === 0 ? '0 ns' : formatDuration(ns));

function adapterText({ environment: { adapter, adapterMissing } }: RunResult): string {
  if (!adapter) return `none${adapterMissing ? ` (${adapterMissing})` : ''}`;
  const name = adapter.description || [adapter.vendor, adapter.device].filter(Boolean).join(' ') || 'unnamed';
  const kind = [adapter.vendor, adapter.architecture].filter(Boolean).join(' ');
  return `${name}${kind && kind !== name ? ` (${kind})` : ''}${adapter.software ? ', software' : ''}`;
}

/** Where and with what the result was measured. */
export function environmentFacts(result: RunResult): Fact[] {
  const { environment, startedAt, durationS, spec } = result;
  const { ceilings } = environment;
  const facts: [string, string | null][] = [
    ['GPU', adapterText(result)],
    ['Browser', environment.browser],
    ['System', `${environment.os}, ${environment.cores} logical processors`],
    ['Cross-origin isolated', environment.crossOriginIsolated ? 'yes' : 'no'],
    ...Object.entries(environment.engines).map(([id, { version, build }]): [string, string] => [
      id,
      `${version} (${build})`,
    ]),
    ['Copy bandwidth', ceilings?.copyGBs === undefined ? null : `${formatNumber(ceilings.copyGBs)} GB/s`],
    ['Read bandwidth', ceilings?.readGBs === undefined ? null : `${formatNumber(ceilings.readGBs)} GB/s`],
    ['Write bandwidth', ceilings?.writeGBs === undefined ? null : `${formatNumber(ceilings.writeGBs)} GB/s`],
    [
      'FMA f32',
      ceilings?.fmaF32GFlops === undefined ? null : `${formatNumber(ceilings.fmaF32GFlops)} GFLOP/s`,
    ],
    [
      'FMA f16',
      ceilings?.fmaF16GFlops === undefined ? null : `${formatNumber(ceilings.fmaF16GFlops)} GFLOP/s`,
    ],
    ['Started', `${startedAt}, took ${formatNumber(durationS)} s`],
    ['Seed', String(spec.seed)],
    ['Rooflab', environment.rooflab],
  ];
  return facts.flatMap(([title, text]) =>
    text === null ? [] : [{ title: plain(title), text: plain(text) }],
  );
}

/** What the clocks can resolve. */
export function timerFacts({ environment: { timer } }: RunResult): Fact[] {
  return [
    { title: 'GPU clock', text: timer.clock === 'none' ? 'none: only wall time is measured' : timer.clock },
    { title: 'Quantum', text: duration(timer.quantumNs) },
    { title: 'Empty pass', text: duration(timer.emptyPassNs) },
    { title: 'Empty queue', text: duration(timer.syncFloorNs) },
    { title: 'Wall clock step', text: duration(timer.wallStepNs) },
  ];
}
