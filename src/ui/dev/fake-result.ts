import {
  type CaseResult,
  compareCases,
  computeMetrics,
  DEFAULT_SAMPLING,
  type Environment,
  EXPERIMENTS,
  type RunResult,
  type RunSpec,
  type Workload,
} from '../../core';
import { fakeEnvironment } from './fake-environment';

/** Made-up results with the shape of real ones, for working on the page and for its tests. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

interface Draft {
  id: string;
  experiment: string;
  workload: Workload;
  engine: string;
  options?: CaseResult['options'];
  gpuNs: number | null;
  wallNs: number;
  n?: number;
  dispatches: number | null;
  bytes: number;
  flops: number;
}

function fakeCase(draft: Draft, seed: number, environment: Environment): CaseResult {
  const next = random(seed);
  const n = draft.n ?? 400;
  const around = (center: number) =>
    Array.from(
      { length: n },
      () => center * (1 + 0.02 * (next() + next() - 1) + (next() > 0.98 ? 0.09 * next() : 0)),
    );
  const wallNs = around(draft.wallNs);
  const gpuNs = draft.gpuNs === null ? wallNs.map(() => null) : around(draft.gpuNs);
  const items = draft.workload.kind === 'model' ? draft.workload.batch : 1;
  const measured: Omit<CaseResult, 'metrics'> = {
    id: draft.id,
    experiment: draft.experiment,
    workload: draft.workload,
    engine: draft.engine,
    load: 'single-stream',
    options: draft.options ?? {},
    outcome: { status: 'ok' },
    verification: {
      method: 'float64 reference, 4,096 sampled elements',
      maxError: 1.2e-6,
      bound: 9.4e-6,
      ratio: 0.13,
      compared: 4096,
      passed: true,
    },
    samples: {
      gpuNs,
      encodeNs: wallNs.map((v) => 0.5 * Math.max(v - (draft.gpuNs ?? v * 0.9), 0) + v * 0.01),
      wallNs,
      readbackNs: wallNs.map((v) => v * 1.03 + 40_000),
      clock: gpuNs.map((v) => (v === null ? null : 0.985 + 0.015 * next())),
      saturatedRuns: [40, 40, 40],
      saturatedNs: [1, 1, 1].map(() => draft.wallNs * 40 * (0.935 + 0.01 * next())),
      createNs: 182e6,
      firstNs: 41e6,
    },
    sampling: {
      warmupRuns: 24,
      warmupConverged: true,
      repeats: 1,
      discarded: 0,
      negativePasses: 0,
      stopped: 'precise',
    },
    counters: {
      dispatches: draft.dispatches,
      passes: draft.dispatches === null ? null : Math.ceil(draft.dispatches / 16),
      submits: draft.dispatches === null ? null : 1,
      uploadedBytes: items * 110592,
      allocatedBytes: draft.dispatches === null ? null : items * 350000,
      flops: draft.flops,
      bytes: draft.bytes,
      pipelines: draft.dispatches === null ? null : 31,
      peakBytes: draft.dispatches === null ? null : 12e6 + items * 3.1e6,
      nodes: 164,
      cpuNodes: 0,
    },
    warnings: [],
  };
  return { ...measured, metrics: computeMetrics(measured, environment) };
}

const BATCHES = [1, 2, 4, 8, 16, 32, 64];

export function fakeSpec(experiment: 'batch' | 'fusion' | 'both' = 'both'): RunSpec {
  const batch = {
    id: 'batch',
    models: [{ from: 'catalogue' as const, id: 'ocr-cls' }],
    kernels: [],
    engines: ['ort-webgpu', 'ort-wasm', 'wgsl'],
    batches: BATCHES,
    dtypes: ['f32' as const],
  };
  const fusion = {
    id: 'fusion',
    models: [],
    kernels: [
      { id: 'transpose', shape: [8192, 8192] },
      { id: 'layernorm-linear', shape: [4096, 1024, 4096] },
      { id: 'swiglu', shape: [4096, 1024, 4096] },
      { id: 'add-layernorm', shape: [16384, 1024] },
    ],
    engines: ['wgsl', 'ort-webgpu'],
    batches: [],
    dtypes: ['f32' as const],
  };
  return {
    schema: 'rooflab.spec',
    version: 1,
    seed: 1,
    adapter: 'any',
    timeLimitS: 120,
    latencyLimitMs: 10,
    sampling: DEFAULT_SAMPLING,
    experiments: experiment === 'both' ? [batch, fusion] : [experiment === 'batch' ? batch : fusion],
  };
}

const ENGINES: readonly {
  engine: string;
  wall(batch: number): number;
  gpu?(batch: number): number;
  dispatches: number | null;
}[] = [
  {
    engine: 'ort-webgpu',
    wall: (b) => 2.4e6 + 55e3 * b * (1 + b / 900),
    gpu: (b) => 0.55e6 + 54e3 * b * (1 + b / 900),
    dispatches: 123,
  },
  { engine: 'ort-wasm', wall: (b) => 2.45e6 * b ** 0.97, dispatches: null },
  {
    engine: 'wgsl',
    wall: (b) => 0.5e6 + 28e3 * b * (1 + b / 1200),
    gpu: (b) => 0.18e6 + 28e3 * b * (1 + b / 1200),
    dispatches: 18,
  },
];

export function fakeBatchCases(environment: Environment): CaseResult[] {
  return BATCHES.flatMap((batch) =>
    ENGINES.map((e, i) =>
      fakeCase(
        {
          id: `batch/${e.engine}/b${batch}`,
          experiment: 'batch',
          workload: {
            kind: 'model',
            id: 'ocr-cls',
            model: { from: 'catalogue', id: 'ocr-cls' },
            batch,
            dtype: 'f32',
          },
          engine: e.engine,
          gpuNs: e.gpu ? e.gpu(batch) : null,
          wallNs: e.wall(batch),
          n: batch === 64 ? 120 : 400,
          dispatches: e.dispatches,
          bytes: 18e6 + batch * 12e6,
          flops: batch * 1.2e8,
        },
        batch * 7 + i,
        environment,
      ),
    ),
  );
}

const FUSION = [
  {
    id: 'transpose',
    shape: [8192, 8192],
    times: { naive: 610e3, tiled: 147e3, ort: 440e3 },
    bytes: 537e6,
    flops: 0,
    floor: 129e3,
  },
  {
    id: 'layernorm-linear',
    shape: [4096, 1024, 4096],
    times: { unfused: 1010e3, fused: 730e3, ort: 1476e3 },
    bytes: 101e6,
    flops: 34.4e9,
    floor: 535e3,
  },
  {
    id: 'swiglu',
    shape: [4096, 1024, 4096],
    times: { unfused: 1890e3, fused: 1410e3, ort: 2980e3 },
    bytes: 117e6,
    flops: 68.7e9,
    floor: 1069e3,
  },
  {
    id: 'add-layernorm',
    shape: [16384, 1024],
    times: { unfused: 98e3, fused: 53e3, ort: 127e3 },
    bytes: 201e6,
    flops: 0.1e9,
    floor: 48.5e3,
  },
] as const;

export function fakeFusionCases(environment: Environment): CaseResult[] {
  return FUSION.flatMap((row, k) =>
    Object.entries(row.times).map(([variant, gpuNs], i) =>
      fakeCase(
        {
          id: `fusion/${row.id}/${variant}`,
          experiment: 'fusion',
          workload: { kind: 'kernel', id: row.id, shape: [...row.shape], dtype: 'f32' },
          engine: variant === 'ort' ? 'ort-webgpu' : 'wgsl',
          options: variant === 'ort' ? {} : { variant },
          gpuNs,
          wallNs: gpuNs + 160e3,
          dispatches: variant === 'ort' ? 3 : variant === 'unfused' ? 2 : 1,
          bytes: row.bytes * (variant === 'unfused' || variant === 'ort' ? 1.5 : 1),
          flops: row.flops,
        },
        k * 11 + i,
        environment,
      ),
    ),
  );
}

export function fakeResult(
  kind: 'gpu' | 'software' = 'gpu',
  id: 'batch' | 'fusion' | 'both' = 'both',
): RunResult {
  const environment = fakeEnvironment(kind);
  const cases = [
    ...(id === 'fusion' ? [] : fakeBatchCases(environment)),
    ...(id === 'batch' ? [] : fakeFusionCases(environment)),
  ];
  const spec = fakeSpec(id);
  const result: RunResult = {
    schema: 'rooflab.result',
    version: 1,
    id: `fake-${kind}-${id}`,
    startedAt: '2026-03-04T10:20:30.000Z',
    durationS: 48.2,
    spec,
    environment,
    cases,
    comparisons: [],
    findings: [],
  };
  return concluded(result);
}

/** With the comparisons and findings that the lab would draw from the cases. */
export function concluded(result: RunResult): RunResult {
  const { spec, environment, cases } = result;
  const comparisons = EXPERIMENTS.flatMap((experiment) =>
    experiment.pairs(cases.filter((c) => c.outcome.status === 'ok')).flatMap((pair) => {
      const comparison = compareCases(pair.baseline, pair.candidate, pair.clock, environment, spec.seed);
      return comparison ? [comparison] : [];
    }),
  );
  const findings = EXPERIMENTS.flatMap((experiment) =>
    experiment.conclude(cases, { spec, environment, comparisons }),
  );
  return { ...result, comparisons, findings };
}

/** One of each outcome that has no times. */
export function withTrouble(result: RunResult): RunResult {
  const outcomes: readonly CaseResult['outcome'][] = [
    { status: 'wrong', reason: 'largest error 0.31 is 33,000 × its bound at element 1,204' },
    { status: 'failed', reason: 'Out of memory at 2.1 GB', code: 'out-of-memory' },
    { status: 'unsupported', reason: 'the adapter has no shader-f16' },
    { status: 'interrupted', reason: 'cancelled before it was sampled' },
  ];
  const from = result.cases.findIndex(
    (c) => c.experiment === 'batch' && c.workload.kind === 'model' && c.workload.batch === 32,
  );
  return concluded({
    ...result,
    id: `${result.id}-trouble`,
    cases: result.cases.map((c, i) => {
      const outcome = outcomes[i - from];
      return outcome ? { ...c, outcome, metrics: {} } : c;
    }),
  });
}
