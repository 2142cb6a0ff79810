/** Ceilings and the clock witness: known work on the device, by the same clock as everything else. */
import type { Ceilings } from '../contract';
import type { Gpu } from '../gpu/device';
import { createExecutor, type Executor } from '../gpu/executor';
import { kernelById } from '../kernels';
import type { DeviceLimits, Kernel, Problem } from '../kernels/kernel';
import { byName, kernelData } from './data';

const SAMPLES = 12;
/** A probe's pass lasts about this long: far over any timer's quantum, far under any watchdog. */
const PASS_NS = 10e6;
/** The witness's pass: long enough that starting and ending it weigh little, short beside what it watches. */
const WITNESS_NS = 1e6;

/** Elements of the copy probe: two buffers of 256 MB are far over any cache. */
const COPY_ELEMENTS = 1 << 26;

async function open(gpu: Gpu, kernel: Kernel, problem: Problem): Promise<Executor> {
  const variant = kernel.variants.at(-1)!;
  const program = variant.program(problem, gpu.limits as unknown as DeviceLimits);
  return createExecutor(gpu, program, byName(kernelData(kernel, problem, 1)));
}

async function passNs(gpu: Gpu, executor: Executor, repeats: number): Promise<number | null> {
  gpu.recorder.start();
  executor.submit(repeats);
  gpu.recorder.end();
  return (await gpu.recorder.collect()).busyNs;
}

/** Best rate of a probe over a few passes, in units of `work` a second; null without GPU time. */
async function bestRate(
  gpu: Gpu,
  id: string,
  problem: Problem,
  work: (k: Kernel) => number,
): Promise<number | null> {
  const kernel = kernelById(id);
  const executor = await open(gpu, kernel, problem);
  try {
    let repeats = 1;
    let best: number | null = null;
    for (let i = 0; i < SAMPLES; i++) {
      const ns = await passNs(gpu, executor, repeats);
      if (ns === null || ns === 0) continue;
      best = Math.max(best ?? 0, (work(kernel) * repeats) / (ns / 1e9));
      repeats = fitRepeats(repeats, ns, PASS_NS);
    }
    return best;
  } finally {
    executor.destroy();
  }
}

/** How often to repeat in a pass that should last `wantedNs`, after `repeats` took `ns`. */
function fitRepeats(repeats: number, ns: number, wantedNs: number): number {
  return Math.max(1, Math.min(1000, Math.round((repeats * wantedNs) / ns)));
}

/** The copy probe's size where a binding is limited. */
function copyElements(gpu: Gpu): number {
  const limit = gpu.limits.maxStorageBufferBindingSize ?? 1 << 27;
  return Math.min(COPY_ELEMENTS, Math.floor(limit / 4 / 1024) * 1024);
}

/** Measured limits of this device. Not asked of a software adapter: they would mean nothing. */
export async function measureCeilings(gpu: Gpu): Promise<Ceilings> {
  const copy: Problem = { shape: [copyElements(gpu)], dtype: 'f32' };
  const fma = (dtype: 'f32' | 'f16'): Problem => ({ shape: FMA_SHAPE, dtype });
  const copyRate = await bestRate(gpu, 'copy', copy, (k) => k.bytes(copy));
  const f32Rate = await bestRate(gpu, 'fma', fma('f32'), (k) => k.flops(fma('f32')));
  const f16Rate = gpu.features.includes('shader-f16')
    ? await bestRate(gpu, 'fma', fma('f16'), (k) => k.flops(fma('f16')))
    : null;
  return {
    ...(copyRate === null ? {} : { copyGBs: copyRate / 1e9 }),
    ...(f32Rate === null ? {} : { fmaF32GFlops: f32Rate / 1e9 }),
    ...(f16Rate === null ? {} : { fmaF16GFlops: f16Rate / 1e9 }),
  };
}

/** Threads × iterations of the FMA probe: enough threads for the largest GPUs. */
const FMA_SHAPE = [1 << 20, 256] as const;
const WITNESS_SHAPE = [1 << 18, 64] as const;

/** A short FMA kernel whose rate tells what the GPU's clock does while others are sampled (method.md 12). */
export interface Witness {
  /** Rate now, in FLOP/s; null when it gave no time. */
  rate(): Promise<number | null>;
  dispose(): void;
}

export async function createWitness(gpu: Gpu): Promise<Witness> {
  const kernel = kernelById('fma');
  const problem: Problem = { shape: WITNESS_SHAPE, dtype: 'f32' };
  const executor = await open(gpu, kernel, problem);
  let repeats = 1;
  // Twice: the first pass may find the GPU asleep.
  for (let i = 0; i < 2; i++)
    repeats = fitRepeats(repeats, (await passNs(gpu, executor, repeats)) || 1, WITNESS_NS);
  return {
    async rate() {
      const ns = await passNs(gpu, executor, repeats);
      return ns ? (kernel.flops(problem) * repeats) / (ns / 1e9) : null;
    },
    dispose: () => executor.destroy(),
  };
}
