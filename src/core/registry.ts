import type { Registry } from './contract';
import { ENGINES } from './engines';
import { EXPERIMENTS, PRESETS } from './experiments';
import { KERNELS } from './kernels';
import { BLOCK_ENTRY, CATALOGUE } from './models/catalogue';

/** What can be chosen, without a browser: the build writes it to `registry.json` for the command line. */
export function registry(): Registry {
  return {
    kernels: KERNELS.map(({ id, title, dims, variants }) => ({
      id,
      title,
      dims,
      variants: variants.map((v) => v.id),
    })),
    models: [...CATALOGUE, BLOCK_ENTRY].map(({ id, title, note }) => ({ id, title, note })),
    engines: ENGINES.map(({ id, title, note }) => ({ id, title, note })),
    experiments: EXPERIMENTS.map(({ id, question, claim }) => ({ id, question, claim })),
    presets: PRESETS.map(({ id, title }) => ({ id, title })),
  };
}
