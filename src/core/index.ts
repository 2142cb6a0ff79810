/** The library's public API. Everything here works in a page, in a worker, and in a bundler of yours. */
export * from './contract';
export { EXPERIMENTS, PRESETS, shrinkForSoftware } from './experiments';
export { type LabHost, run } from './lab';
export * from './metrics';
export { BLOCK_ENTRY, CATALOGUE, DEFAULT_BLOCK } from './models/catalogue';
export { inspectModel } from './models/inspect';
export type { ModelHost } from './models/load';
export { registry } from './registry';
export { probe } from './rig';
export { histogramQuantile, logHistogram } from './stats';
