import { DEFAULT_SAMPLING, type Registry, type RunSpec } from '../../core/contract';

/** A preset with one experiment of each kind. */
export const PRESET: RunSpec = {
  schema: 'rooflab.spec',
  version: 1,
  name: 'default',
  seed: 1,
  adapter: 'any',
  timeLimitS: 110,
  latencyLimitMs: 100,
  sampling: DEFAULT_SAMPLING,
  experiments: [
    {
      id: 'batch',
      models: [{ from: 'catalogue', id: 'classifier' }],
      kernels: [],
      engines: ['ort-webgpu', 'ort-wasm'],
      batches: [1, 2, 4],
      dtypes: ['f32'],
    },
    {
      id: 'batch',
      models: [{ from: 'block', block: { hidden: 64, heads: 4, inner: 128, layers: 1, sequence: 16 } }],
      kernels: [],
      engines: ['ort-webgpu', 'wgsl'],
      batches: [1, 2],
      dtypes: ['f32'],
    },
    {
      id: 'fusion',
      models: [],
      kernels: [
        { id: 'transpose', shape: [64, 64] },
        { id: 'swiglu', shape: [8, 16, 32] },
      ],
      engines: ['wgsl', 'ort-webgpu'],
      batches: [1],
      dtypes: ['f32'],
    },
  ],
};

export const REGISTRY: Registry = {
  kernels: [
    { id: 'transpose', title: 'Transposition', dims: ['rows', 'cols'], variants: ['naive', 'tiled'] },
    { id: 'swiglu', title: 'SwiGLU', dims: ['rows', 'hidden', 'inner'], variants: ['unfused', 'fused'] },
    { id: 'matmul', title: 'Matrix product', dims: ['m', 'n', 'k'], variants: ['tiled'] },
  ],
  models: ['classifier', 'block'].map((id) => ({ id, title: id, note: '' })),
  engines: ['wgsl', 'ort-webgpu', 'ort-wasm'].map((id) => ({ id, title: id, note: '' })),
  experiments: ['batch', 'fusion'].map((id) => ({ id, question: '', claim: '' })),
  presets: [{ id: 'default', title: 'Default' }],
};
