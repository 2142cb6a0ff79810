import { DEFAULT_BLOCK, type Registry, type RunSpec } from '../../core';
import { formatBatches } from './parse';
import { BLOCK_FIELDS, type ExperimentId, type KernelRow, type Setup } from './setup';

/** What the setup bar holds when the page is opened: a preset's first model, batches, kernels and engines. */
export function defaultSetup(registry: Registry, preset: RunSpec): Setup {
  const requests = preset.experiments;
  const request = (id: ExperimentId) => requests.find((r) => r.id === id);
  const models = requests.flatMap((r) => r.models);
  const block = models.find((model) => model.from === 'block')?.block ?? DEFAULT_BLOCK;
  const kernels = requests.flatMap((r) => r.kernels);
  return {
    model: models.find((model) => model.from === 'catalogue')?.id ?? 'block',
    block: Object.fromEntries(BLOCK_FIELDS.map((field) => [field, String(block[field])])) as Setup['block'],
    dtype: 'f32',
    url: '',
    files: [],
    dims: {},
    engines: { batch: request('batch')?.engines ?? [], fusion: request('fusion')?.engines ?? [] },
    batches: formatBatches(request('batch')?.batches ?? [1]),
    latencyLimit: String(preset.latencyLimitMs),
    timeLimit: '',
    seed: preset.seed,
    sampling: preset.sampling,
    kernels: kernels.flatMap(({ id, shape }): KernelRow[] => {
      const kernel = registry.kernels.find((k) => k.id === id);
      return kernel ? [{ id, dims: kernel.dims, shape: shape.join('×') }] : [];
    }),
  };
}
