import type { ModelRef, RunSpec } from '../../core';
import { formatBatches } from './parse';
import { BLOCK_FIELDS, type ExperimentId, type Setup } from './setup';

function modelFields(setup: Setup, model: ModelRef): Partial<Setup> {
  if (model.from === 'block') {
    const block = Object.fromEntries(BLOCK_FIELDS.map((field) => [field, String(model.block[field])]));
    return { model: 'block', block: block as Setup['block'] };
  }
  const dims = Object.fromEntries(Object.entries(model.dims ?? {}).map(([k, v]) => [k, String(v)]));
  switch (model.from) {
    case 'catalogue':
      return { model: model.id, dims };
    case 'url':
      return { model: 'url', url: model.url, dims };
    case 'file':
      // The bytes stay with whoever ran it: the same file has to be chosen here, unless it already is.
      return { model: 'file', dims, files: setup.files.filter((file) => file.name === model.name) };
    default:
      return model satisfies never;
  }
}

/** The setup that runs what `spec` ran of an experiment. */
export function setupFrom(setup: Setup, spec: RunSpec, experiment: ExperimentId): Setup {
  const request = spec.experiments.find((r) => r.id === experiment);
  if (!request) return setup;
  const [model] = request.models;
  const known = new Map(setup.kernels.map((row) => [row.id, row.dims]));
  const kernels = request.kernels.map(({ id, shape }) => ({
    id,
    dims: known.get(id) ?? shape.map((_, i) => `d${i}`),
    shape: shape.join('×'),
  }));
  return {
    ...setup,
    ...(model ? modelFields(setup, model) : {}),
    dtype: request.dtypes[0] ?? setup.dtype,
    engines: { ...setup.engines, [experiment]: request.engines },
    batches: request.batches.length > 0 ? formatBatches(request.batches) : setup.batches,
    seed: spec.seed,
    sampling: spec.sampling,
    latencyLimit: String(spec.latencyLimitMs),
    timeLimit: spec.timeLimitS === null ? '' : String(spec.timeLimitS),
    kernels: experiment === 'fusion' ? kernels : setup.kernels,
  };
}
