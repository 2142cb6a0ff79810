import {
  type BlockConfig,
  DEFAULT_SAMPLING,
  type ExperimentRequest,
  type KernelRef,
  type ModelRef,
  type RunSpec,
} from '../contract';

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly spec: RunSpec;
}

const OCR: ModelRef = { from: 'catalogue', id: 'ocr-cls' };
const BLOCK: ModelRef = {
  from: 'block',
  block: { hidden: 768, heads: 12, inner: 2048, layers: 1, sequence: 128 },
};
const BATCHES = [1, 2, 4, 8, 16, 32, 64];

const kernel = (id: string, ...shape: number[]): KernelRef => ({ id, shape });

function batchOf(model: ModelRef, batches: number[], engines: string[]): ExperimentRequest {
  return { id: 'batch', models: [model], kernels: [], engines, batches, dtypes: ['f32'] };
}

function fusionOf(...kernels: KernelRef[]): ExperimentRequest {
  const engines = ['ort-webgpu', 'wgsl'];
  return { id: 'fusion', models: [], kernels, engines, batches: [], dtypes: ['f32'] };
}

const COMMON = {
  schema: 'rooflab.spec',
  version: 1,
  seed: 1,
  adapter: 'any',
  latencyLimitMs: 100,
} as const;

export const PRESETS = [
  {
    id: 'default',
    title: 'A small model and a transformer block over batch sizes; fused kernels',
    spec: {
      ...COMMON,
      name: 'default',
      timeLimitS: 112,
      sampling: { ...DEFAULT_SAMPLING, minSeconds: 0.1, maxSeconds: 0.25, maxWarmupSeconds: 0.15 },
      experiments: [
        batchOf(OCR, BATCHES, ['ort-webgpu', 'ort-wasm']),
        batchOf(BLOCK, BATCHES, ['ort-webgpu', 'wgsl']),
        // Large enough to fill a data-centre GPU, small enough for 256 MB a buffer.
        fusionOf(
          kernel('transpose', 8192, 8192),
          kernel('layernorm-linear', 4096, 1024, 4096),
          kernel('swiglu', 4096, 1024, 4096),
          kernel('add-layernorm', 16384, 1024),
          kernel('attention', 1, 16, 2048, 64),
          kernel('matmul', 4096, 4096, 4096),
        ),
      ],
    },
  },
  {
    id: 'smoke',
    title: 'A few small cases: does everything work here?',
    spec: {
      ...COMMON,
      name: 'smoke',
      timeLimitS: 60,
      sampling: { ...DEFAULT_SAMPLING, minSeconds: 0.1, maxSeconds: 0.5, maxWarmupSeconds: 0.5 },
      experiments: [
        batchOf(OCR, [1, 2], ['ort-webgpu', 'ort-wasm']),
        fusionOf(kernel('transpose', 64, 64), kernel('layernorm-linear', 33, 32, 48)),
      ],
    },
  },
] as const satisfies readonly Preset[];

/** What a GPU made of two CPU cores gets through within a few minutes. */
const SOFTWARE = {
  batch: 4,
  side: 64,
  timeLimitS: 200,
  maxSeconds: 0.25,
  maxWarmupSeconds: 0.15,
  block: { hidden: 64, heads: 2, inner: 128, layers: 1, sequence: 32 } satisfies BlockConfig,
};

/** The batches that fit, or the smallest: a request must not lose all of them. */
function smallBatches(batches: readonly number[]): number[] {
  const fit = batches.filter((b) => b <= SOFTWARE.batch);
  return fit.length > 0 ? fit : [...batches].sort((a, b) => a - b).slice(0, 1);
}

/**
 * A preset for a software adapter: smaller blocks, kernels, batches and time limits. For presets only: what a
 * user asked for is never changed.
 */
export function shrinkForSoftware(spec: RunSpec): { readonly spec: RunSpec; readonly notice: string } {
  const shrink = (request: ExperimentRequest): ExperimentRequest => ({
    ...request,
    batches: smallBatches(request.batches),
    models: request.models.map((m) => (m.from === 'block' ? { ...m, block: SOFTWARE.block } : m)),
    kernels: request.kernels.map((k) => ({ ...k, shape: k.shape.map((n) => Math.min(n, SOFTWARE.side)) })),
  });
  return {
    spec: {
      ...spec,
      timeLimitS: SOFTWARE.timeLimitS,
      sampling: {
        ...spec.sampling,
        maxSeconds: Math.min(SOFTWARE.maxSeconds, spec.sampling.maxSeconds),
        maxWarmupSeconds: Math.min(SOFTWARE.maxWarmupSeconds, spec.sampling.maxWarmupSeconds),
      },
      experiments: spec.experiments.map(shrink),
    },
    notice: `The GPU here is software, so the preset was shrunk to batches up to ${SOFTWARE.batch}, a small block and kernels up to ${SOFTWARE.side} a side; its times are not compared.`,
  };
}
