import type { Timer } from '../contract';
import type { Gpu } from './device';

const PASSES = 64;
const SYNCS = 20;

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}

/** Smallest step that `performance.now()` was seen to make, ns. */
function wallStepNs(): number {
  let step = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 50; i++) {
    const from = performance.now();
    let to = from;
    while (to === from) to = performance.now();
    step = Math.min(step, to - from);
  }
  return step * 1e6;
}

/** What the clocks of this browser and device can resolve; `method.md`, clocks. */
export async function calibrate(gpu: Gpu | null): Promise<Timer> {
  if (!gpu) {
    return { clock: 'none', quantumNs: null, emptyPassNs: null, syncFloorNs: null, wallStepNs: wallStepNs() };
  }
  const syncs: number[] = [];
  for (let i = 0; i < SYNCS; i++) {
    const from = performance.now();
    gpu.device.queue.submit([]);
    await gpu.device.queue.onSubmittedWorkDone();
    syncs.push((performance.now() - from) * 1e6);
  }
  const base = { syncFloorNs: median(syncs), wallStepNs: wallStepNs() };
  if (!gpu.recorder.timestamps) return { clock: 'none', quantumNs: null, emptyPassNs: null, ...base };

  gpu.recorder.start();
  for (let i = 0; i < PASSES; i++) {
    const encoder = gpu.device.createCommandEncoder();
    encoder.beginComputePass().end();
    gpu.device.queue.submit([encoder.finish()]);
  }
  gpu.recorder.end();
  const stamps = await gpu.recorder.stamps();
  const durations: number[] = [];
  let quantum = 0n;
  for (let i = 0; i < stamps.length; i++) {
    quantum = gcd(stamps[i]!, quantum);
    if (i % 2 === 1 && stamps[i]! >= stamps[i - 1]!) durations.push(Number(stamps[i]! - stamps[i - 1]!));
  }
  return { clock: 'timestamp-query', quantumNs: Number(quantum), emptyPassNs: median(durations), ...base };
}
