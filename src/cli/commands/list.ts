import type { Registry } from '../../core/contract';
import { alignColumns } from '../format';
import { readRegistry } from '../registry';

/** How an entry of each list is written on a line. */
const LISTS: { readonly [K in keyof Registry]: (entry: Registry[K][number]) => readonly string[] } = {
  kernels: ({ id, dims, variants, title }) => [id, dims.join('x'), variants.join(', '), title],
  models: ({ id, title, note }) => [id, title, note],
  engines: ({ id, title, note }) => [id, title, note],
  experiments: ({ id, question, claim }) => [id, question, claim],
  presets: ({ id, title }) => [id, title],
};

export type ListName = keyof Registry;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];

function rows<K extends ListName>(registry: Registry, name: K): (readonly string[])[] {
  const entries: readonly Registry[K][number][] = registry[name];
  return entries.map(LISTS[name]);
}

/** `rooflab list kernels|models|engines|experiments|presets` */
export async function list(name: ListName, flags: { readonly json?: boolean }): Promise<void> {
  const registry = await readRegistry();
  console.log(flags.json ? JSON.stringify(registry[name], null, 2) : alignColumns(rows(registry, name)));
}
