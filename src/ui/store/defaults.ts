import type { BlockConfig, Registry, RunSpec } from '../../core';
import { BLOCK_FIELDS, type KernelRow, type Setup } from './setup';

interface DefaultsFrom {
  readonly registry: Registry;
  readonly block: BlockConfig;
  /** The preset that the page starts from. */
  readonly preset: RunSpec;
}

/** What the setup bar holds when the page is opened. */
export function defaultSetup({ registry, block, preset }: DefaultsFrom): Setup {
  const kernels = preset.experiments.flatMap((request) => request.kernels);
  const rows = kernels.flatMap(({ id, shape }): KernelRow[] => {
    const kernel = registry.kernels.find((k) => k.id === id);
    return kernel ? [{ id, dims: kernel.dims, shape: shape.join('×') }] : [];
  });
  return {
    model: registry.models[0]?.id ?? 'block',
    block: Object.fromEntries(BLOCK_FIELDS.map((field) => [field, String(block[field])])) as Setup['block'],
    dtype: 'f32',
    url: '',
    files: [],
    dims: {},
    engines: { batch: ['ort-webgpu', 'ort-wasm'], fusion: ['wgsl', 'ort-webgpu'] },
    batches: '1 … 64',
    latencyLimit: String(preset.latencyLimitMs),
    timeLimit: '',
    seed: preset.seed,
    sampling: preset.sampling,
    kernels: rows,
  };
}
