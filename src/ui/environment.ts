import type { Environment, RunResult } from '../core';

/** What people call the GPU, as far as the browser tells. */
export function gpuName({ adapter }: Environment): string {
  if (!adapter) return 'none';
  return adapter.description || [adapter.vendor, adapter.architecture].filter(Boolean).join(' ') || 'unnamed';
}

/** The clock of a run by its witness: the median share over all its samples; null without a witness. */
export function clockShare({ cases }: RunResult): number | null {
  const shares = cases.flatMap((c) => c.samples.clock.filter((share) => share !== null));
  shares.sort((a, b) => a - b);
  return shares[shares.length >> 1] ?? null;
}
