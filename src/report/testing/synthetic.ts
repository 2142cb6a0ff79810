import type { CaseResult, Counters, Metric, RunResult, Samples, Unit } from '../../core/contract';
import { goldenV1 } from '../../core/contract/golden';
import {
  medianOfSorted,
  normal,
  quantileInterval,
  quantileOfSorted,
  type Rng,
  rng,
  samplesNeeded,
  sorted,
} from '../../core/stats';

/** What a GPU of 2024 answers, at its full length. */
const LIMITS = {
  maxTextureDimension1D: 32768,
  maxTextureDimension2D: 32768,
  maxTextureDimension3D: 16384,
  maxTextureArrayLayers: 2048,
  maxBindGroups: 4,
  maxBindGroupsPlusVertexBuffers: 24,
  maxBindingsPerBindGroup: 1000,
  maxDynamicUniformBuffersPerPipelineLayout: 16,
  maxDynamicStorageBuffersPerPipelineLayout: 8,
  maxSampledTexturesPerShaderStage: 48,
  maxSamplersPerShaderStage: 16,
  maxStorageBuffersPerShaderStage: 10,
  maxStorageTexturesPerShaderStage: 8,
  maxUniformBuffersPerShaderStage: 12,
  maxUniformBufferBindingSize: 65536,
  maxStorageBufferBindingSize: 2147483644,
  minUniformBufferOffsetAlignment: 64,
  minStorageBufferOffsetAlignment: 16,
  maxVertexBuffers: 8,
  maxBufferSize: 4294967296,
  maxVertexAttributes: 30,
  maxVertexBufferArrayStride: 2048,
  maxInterStageShaderVariables: 28,
  maxColorAttachments: 8,
  maxColorAttachmentBytesPerSample: 128,
  maxComputeWorkgroupStorageSize: 49152,
  maxComputeInvocationsPerWorkgroup: 1024,
  maxComputeWorkgroupSizeX: 1024,
  maxComputeWorkgroupSizeY: 1024,
  maxComputeWorkgroupSizeZ: 64,
  maxComputeWorkgroupsPerDimension: 65535,
};
const FEATURES = [
  'bgra8unorm-storage',
  'clip-distances',
  'core-features-and-limits',
  'depth-clip-control',
  'depth32float-stencil8',
  'dual-source-blending',
  'float32-blendable',
  'float32-filterable',
  'indirect-first-instance',
  'rg11b10ufloat-renderable',
  'shader-f16',
  'subgroups',
  'texture-compression-bc',
  'texture-compression-bc-sliced-3d',
  'texture-formats-tier1',
  'timestamp-query',
];

/** An engine of the synthetic run: fixed cost and cost an item, in ns. */
const ENGINES = {
  'ort-webgpu': { fixed: 2_400_000, item: 55_000, gpuFixed: 500_000, options: {} },
  wgsl: { fixed: 500_000, item: 28_000, gpuFixed: 300_000, options: { variant: 'fused' } },
  'ort-wasm': { fixed: 60_000, item: 2_390_000, gpuFixed: null, options: { threads: 8 } },
} as const;
export type SyntheticEngine = keyof typeof ENGINES;

export interface Synthetic {
  readonly batches?: readonly number[];
  readonly engines?: readonly SyntheticEngine[];
  /** Samples a case. */
  readonly samples?: number;
  readonly software?: boolean;
  readonly model?: string;
}

/** A made-up but plausible batch sweep, the same for the same arguments; for tests of reports. */
export function syntheticResult({
  batches = [1, 2, 4, 8, 16, 32, 64],
  engines = ['ort-webgpu', 'wgsl', 'ort-wasm'],
  samples = 300,
  software = false,
  model = 'pp-ocr-cls',
}: Synthetic = {}): RunResult {
  const random = rng(1);
  const base = goldenV1();
  const cases = batches.flatMap((batch) =>
    engines.map((engine) => syntheticCase(random, model, batch, engine, samples)),
  );
  return {
    ...base,
    id: 'synthetic',
    environment: {
      ...base.environment,
      adapter: {
        vendor: 'nvidia',
        architecture: 'hopper',
        device: '0x2335',
        description: 'NVIDIA H200',
        software,
      },
      features: FEATURES,
      limits: LIMITS,
      ceilings: { copyGBs: 3921.37, fmaF32GFlops: 51234.5, fmaF16GFlops: 98765.4 },
    },
    cases,
    comparisons: cases.flatMap((one) => {
      const baseline = cases.find((other) => batchOf(other) === batchOf(one))!;
      if (baseline === one) return [];
      const ratio = medianOf(baseline) / medianOf(one);
      return [
        {
          experiment: 'batch',
          baseline: baseline.id,
          candidate: one.id,
          clock: 'wallNs' as const,
          ratio,
          interval: [ratio * (1 - 0.01 * random()), ratio * (1 + 0.01 * random())] as [number, number],
          verdict:
            ratio > 1.02 ? ('faster' as const) : ratio < 0.98 ? ('slower' as const) : ('same' as const),
        },
      ];
    }),
    findings: [
      {
        experiment: 'batch',
        title: 'Best batch under 100 ms: 64',
        text: '10,833 samples/s at p99 6.4 ms with ort-webgpu, 26.6 × batch 1.',
        claim: 'Batching is the largest single lever.',
        verdict: 'confirmed',
        evidence: cases.slice(-3).map((one) => one.id),
      },
      {
        experiment: 'batch',
        title: 'WebGPU overtakes WASM at batch 2',
        text: 'At batch 1 they are the same: ratio 1.00 [0.99, 1.01].',
        claim: null,
        verdict: null,
        evidence: cases.slice(0, 6).map((one) => one.id),
      },
    ],
  };
}

const batchOf = ({ workload }: CaseResult) => (workload.kind === 'model' ? workload.batch : 1);
const medianOf = (one: CaseResult) => one.metrics['wall.median']?.value ?? Number.NaN;

function syntheticCase(
  random: Rng,
  id: string,
  batch: number,
  engine: SyntheticEngine,
  n: number,
): CaseResult {
  const { fixed, item, gpuFixed, options } = ENGINES[engine];
  const draw = (center: number) =>
    Math.round(center * Math.exp(0.02 * normal(random)) + 50_000 * random() ** 8);
  const wallNs = Array.from({ length: n }, () => draw(fixed + item * batch));
  const column = (make: () => number | null) => Array.from({ length: n }, make);
  const onGpu = gpuFixed !== null;
  const samples: Samples = {
    wallNs,
    gpuNs: column(() => (onGpu ? draw(gpuFixed + item * batch * 0.9) : null)),
    encodeNs: column(() => (onGpu ? draw(fixed * 0.6) : null)),
    readbackNs: wallNs.map((wall) => wall + 80_000),
    clock: column(() => (onGpu ? 0.99 + 0.01 * random() : null)),
    saturatedRuns: [40, 40, 40],
    saturatedNs: [1, 2, 3].map(() => draw(40 * 0.92 * (fixed + item * batch))),
    createNs: draw(310_000_000),
    firstNs: draw(620_000_000),
  };
  const counters: Counters = {
    dispatches: onGpu ? (engine === 'wgsl' ? 41 : 123) : null,
    passes: onGpu ? (engine === 'wgsl' ? 1 : 9) : null,
    submits: onGpu ? 2 : null,
    uploadedBytes: onGpu ? 110_592 * batch : null,
    allocatedBytes: onGpu ? 6_389_760 * batch : null,
    flops: 27_106_304 * batch,
    bytes: 1_751_040 + 5_120_000 * batch,
    pipelines: onGpu ? (engine === 'wgsl' ? 17 : 58) : null,
    peakBytes: onGpu ? 6_127_616 + 6_389_760 * batch : null,
    nodes: engine === 'wgsl' ? null : 137,
    cpuNodes: engine === 'wgsl' ? null : onGpu ? 14 : 137,
  };
  return {
    id: `batch/${id}-f32-b${batch}/${engine}`,
    experiment: 'batch',
    workload: { kind: 'model', id, model: { from: 'catalogue', id }, batch, dtype: 'f32' },
    engine,
    load: 'single-stream',
    options,
    outcome: { status: 'ok' },
    verification: {
      method: 'onnxruntime without graph optimisation, every element',
      maxError: 4.7e-7 * (1 + random()),
      bound: 1e-4,
      ratio: 0.0047 * (1 + random()),
      compared: 2 * batch,
      passed: true,
    },
    samples,
    sampling: { warmupRuns: 15, warmupConverged: true, repeats: 1, discarded: 0, stopped: 'precise' },
    counters,
    metrics: syntheticMetrics(samples, counters, batch),
    warnings:
      onGpu && engine !== 'wgsl'
        ? [{ code: 'cpu-fallback', message: '14 of 137 nodes ran on the CPU.', next: 'See docs/method.md.' }]
        : [],
  };
}

function syntheticMetrics(samples: Samples, counters: Counters, items: number): Record<string, Metric> {
  const wall = sorted(samples.wallNs.filter((x) => x !== null));
  const gpu = sorted(samples.gpuNs.filter((x) => x !== null));
  const of = (value: number, unit: Unit, n: number, interval: [number, number] | null = null): Metric => ({
    value,
    unit,
    interval,
    n,
  });
  const quantile = (clock: Float64Array, q: number): Metric => {
    const interval = quantileInterval(clock, q);
    const value = q === 0.5 ? medianOfSorted(clock) : quantileOfSorted(clock, q);
    if (interval) return of(value, 'ns', clock.length, [...interval]);
    const withheld = `needs ${samplesNeeded(q) - clock.length} more samples`;
    return { value: null, unit: 'ns', interval: null, n: clock.length, withheld };
  };
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const throughput = (items * total(samples.saturatedRuns)) / (total(samples.saturatedNs) / 1e9);
  const quantiles = (name: string, clock: Float64Array): Record<string, Metric> => ({
    [`${name}.median`]: quantile(clock, 0.5),
    [`${name}.p95`]: quantile(clock, 0.95),
    [`${name}.p99`]: quantile(clock, 0.99),
  });
  const seconds = medianOfSorted(gpu) / 1e9;
  const rate = (work: number, unit: Unit) => of(work / seconds, unit, gpu.length, [0.99 * work, 1.01 * work]);
  return {
    ...(gpu.length > 0
      ? {
          ...quantiles('gpu', gpu),
          tflops: rate(counters.flops ?? 0, 'FLOP/s'),
          bandwidth: rate(counters.bytes ?? 0, 'B/s'),
          'ceiling.share': of((counters.bytes ?? 0) / seconds / 3.92e12, 'ratio', gpu.length, [0.1, 0.11]),
          utilisation: of(medianOfSorted(gpu) / medianOfSorted(wall), 'ratio', gpu.length),
        }
      : {}),
    ...quantiles('wall', wall),
    throughput: of(throughput, 'items/s', 3, [throughput * 0.99, throughput * 1.01]),
    'cold.create': of(samples.createNs ?? 0, 'ns', 1),
    'cold.first': of(samples.firstNs ?? 0, 'ns', 1),
  };
}
