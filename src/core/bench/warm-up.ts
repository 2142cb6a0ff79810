import type { Runnable, Sampling } from '../contract';
import { warmedUp } from '../stats';

export interface WarmUp {
  readonly runs: number;
  readonly converged: boolean;
}

/** What warming up needs of the world. */
export interface WarmUpHost {
  now(): number;
  interruption(): string | null;
  breathe(): Promise<void>;
}

/** Runs that make a window, when there is time for three such windows; else a run is a window of its own. */
const WINDOW = 3;

/** Runs until the last windows agree (method.md 7) or the cap is reached; what it measured is thrown away. */
export async function warmUp(runnable: Runnable, sampling: Sampling, host: WarmUpHost): Promise<WarmUp> {
  const capMs = sampling.maxWarmupSeconds * 1000;
  const from = host.now();
  const wallNs: number[] = [];
  while (host.interruption() === null) {
    const { wallNs: last } = await runnable.once(false);
    wallNs.push(last ?? 0);
    const window = (3 * WINDOW * (last ?? 0)) / 1e6 > capMs ? 1 : WINDOW;
    if (warmedUp(wallNs, window)) return { runs: wallNs.length, converged: true };
    if (host.now() - from > capMs) break;
    await host.breathe();
  }
  return { runs: wallNs.length, converged: false };
}
