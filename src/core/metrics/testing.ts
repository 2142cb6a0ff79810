/** Synthetic results for tests: everything `ok`, steady, and on hardware unless said otherwise. */
import {
  type CaseResult,
  type Counters,
  type Environment,
  NO_COUNTERS,
  type Samples,
  type Workload,
} from '../contract';
import { computeMetrics, type MeasuredCase } from './index';

export const HARDWARE: Environment = {
  adapter: { vendor: 'acme', architecture: 'one', device: '', description: 'Acme One', software: false },
  features: ['timestamp-query'],
  limits: {
    maxComputeInvocationsPerWorkgroup: 256,
    maxComputeWorkgroupSizeX: 256,
    maxComputeWorkgroupStorageSize: 16384,
    maxComputeWorkgroupsPerDimension: 65535,
    maxStorageBufferBindingSize: 1 << 30,
  },
  browser: 'Test 1',
  os: 'test',
  cores: 4,
  crossOriginIsolated: true,
  timer: { clock: 'timestamp-query', quantumNs: 32, emptyPassNs: 4000, syncFloorNs: 1e5, wallStepNs: 5000 },
  ceilings: { copyGBs: 1000, fmaF32GFlops: 10_000 },
  engines: {},
  rooflab: 'test',
};

export const SOFTWARE: Environment = { ...HARDWARE, adapter: { ...HARDWARE.adapter!, software: true } };

/** Times of one run in ns; a clock left out gave nothing. */
export interface RunTimes {
  readonly gpu?: number;
  readonly encode?: number;
  readonly wall?: number;
  readonly readback?: number;
}

export interface CaseOptions extends Omit<Partial<CaseResult>, 'samples' | 'counters' | 'metrics'> {
  readonly times?: RunTimes;
  /** Samples taken. */
  readonly n?: number;
  readonly samples?: Partial<Samples>;
  readonly counters?: Partial<Counters>;
  readonly environment?: Environment;
}

/** `n` values within ±0.2 % of one, in no order; nulls where there is no clock. */
function around(ns: number | undefined, n: number): (number | null)[] {
  return Array.from({ length: n }, (_, i) =>
    ns === undefined ? null : ns * (1 + 0.0004 * (((i * 7) % 11) - 5)),
  );
}

/** A case with its metrics computed. */
export function caseResult(options: CaseOptions = {}): CaseResult {
  const { times = {}, n = 40, samples, counters, environment = HARDWARE, ...fields } = options;
  const { wall } = times;
  const run: MeasuredCase = {
    id: 'case',
    experiment: 'batch',
    workload: kernelWorkload('copy', [64]),
    engine: 'wgsl',
    load: 'closed-loop',
    options: {},
    warnings: [],
    outcome: { status: 'ok' },
    verification: null,
    sampling: {
      warmupRuns: 9,
      warmupConverged: true,
      repeats: 1,
      discarded: 0,
      negativePasses: 0,
      stopped: 'precise',
    },
    ...fields,
    samples: {
      gpuNs: around(times.gpu, n),
      encodeNs: around(times.encode, n),
      wallNs: around(wall, n),
      readbackNs: around(times.readback, n),
      clock: Array.from({ length: n }, () => 1),
      saturatedRuns: wall === undefined ? [] : [10, 10, 10, 10],
      saturatedNs: wall === undefined ? [] : [9.9, 10.1, 10, 10].map((x) => x * wall),
      createNs: null,
      firstNs: null,
      ...samples,
    },
    counters: { ...NO_COUNTERS, ...counters },
  };
  return { ...run, metrics: computeMetrics(run, environment) };
}

export function kernelWorkload(id: string, shape: readonly number[]): Workload {
  return { kind: 'kernel', id, shape: [...shape], dtype: 'f32' };
}

export function modelWorkload(batch: number): Workload {
  return { kind: 'model', id: 'ocr-cls', model: { from: 'catalogue', id: 'ocr-cls' }, batch, dtype: 'f32' };
}
