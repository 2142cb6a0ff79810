/** The library's public API. Everything here works in a page, in a worker, and in a bundler of yours. */
export * from './contract';
export { EXPERIMENTS, experimentById } from './experiments';
export { PRESETS, shrinkForSoftware } from './experiments/presets';
export { type LabHost, probe, type RunOptions, run } from './lab';
export * from './metrics';
export { BLOCK_ENTRY, CATALOGUE, DEFAULT_BLOCK } from './models/catalogue';
export { inspectModel } from './models/inspect';
export type { ModelHost } from './models/load';
export { registry } from './registry';
