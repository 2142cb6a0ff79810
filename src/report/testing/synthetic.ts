import type { CaseResult, Counters, Environment, RunResult, Samples } from '../../core/contract';
import { goldenV1 } from '../../core/contract/golden';
import { compareCases, computeMetrics, type MeasuredCase } from '../../core/metrics';
import { normal, type Rng, rng } from '../../core/stats';

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
  const environment: Environment = {
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
  };
  const cases = batches.flatMap((batch) =>
    engines.map((engine) => syntheticCase(random, environment, model, batch, engine, samples)),
  );
  return {
    ...base,
    id: 'synthetic',
    environment,
    cases,
    comparisons: cases.flatMap((one) => {
      const baseline = cases.find((other) => batchOf(other) === batchOf(one))!;
      const comparison = baseline === one ? null : compareCases(baseline, one, 'wallNs', environment, 1);
      return comparison ? [comparison] : [];
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

function syntheticCase(
  random: Rng,
  environment: Environment,
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
  const run: MeasuredCase = {
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
    sampling: {
      warmupRuns: 15,
      warmupConverged: true,
      repeats: 1,
      discarded: 0,
      negativePasses: 0,
      stopped: 'precise',
    },
    counters,
    warnings:
      onGpu && engine !== 'wgsl'
        ? [{ code: 'cpu-fallback', message: '14 of 137 nodes ran on the CPU.', next: 'See docs/method.md.' }]
        : [],
  };
  return { ...run, metrics: computeMetrics(run, environment) };
}
