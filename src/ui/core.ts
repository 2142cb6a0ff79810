export * from '../core/contract';
export * from '../core/metrics';
export { logHistogram } from '../core/stats';
export { engineColour } from '../report/colours';

import type { CaseResult, Environment } from '../core/contract';

export function gpuName(e: Environment): string {
  return e.adapter ? e.adapter.description || `${e.adapter.vendor} ${e.adapter.architecture}` : 'no WebGPU';
}
/** The clock of a run by its witness: the median share over all its samples; null without a witness. */
export function clockShare(result: { cases: readonly CaseResult[] }): number | null {
  const shares = result.cases.flatMap((c) => c.samples.clock.filter((v) => v !== null)).sort((a, b) => a - b);
  return shares[shares.length >> 1] ?? null;
}
export { EXPERIMENTS, PRESETS } from '../core/experiments';
export { DEFAULT_BLOCK } from '../core/models/catalogue';
