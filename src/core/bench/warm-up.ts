import type { Runnable, Sampling } from '../contract';
import { warmedUp } from '../stats';

/** A run slower than this is a window of its own; faster ones make windows of three. */
const SLOW_NS = 100e6;

export interface WarmUp {
  readonly runs: number;
  readonly converged: boolean;
}

/** Runs until the last windows agree (method.md 8) or the cap is reached; what it measured is thrown away. */
export async function warmUp(
  runnable: Runnable,
  sampling: Sampling,
  now: () => number,
  cancelled: () => boolean,
): Promise<WarmUp> {
  const from = now();
  const wallNs: number[] = [];
  while (!cancelled()) {
    const timing = await runnable.once(false);
    wallNs.push(timing.wallNs ?? 0);
    if (warmedUp(wallNs, wallNs.at(-1)! > SLOW_NS ? 1 : 3)) return { runs: wallNs.length, converged: true };
    if (now() - from > sampling.maxWarmupSeconds * 1000) break;
  }
  return { runs: wallNs.length, converged: false };
}
