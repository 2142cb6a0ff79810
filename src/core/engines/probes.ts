/** Ceilings and the clock witness: known work on the device, by the same clock as everything else. */
import { type Ceilings, LabError } from '../contract';
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

/** Elements of the memory probes: buffers of 256 MB are far over any cache. */
const MEMORY_ELEMENTS = 1 << 26;
const LEAST_MEMORY_ELEMENTS = 1 << 22;
/** Invocations × iterations of the witness, and of the first look at the FMA rate: 20 ms on 50 GFLOP/s. */
const WITNESS_SHAPE = [1 << 18, 64] as const;
/** Invocations of the FMA probe: enough for the largest GPUs. */
const FMA_INVOCATIONS = 1 << 20;

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

/** How often to repeat in a pass that should last `wantedNs`, after `repeats` took `ns`. */
function fitRepeats(repeats: number, ns: number, wantedNs: number): number {
  return Math.max(1, Math.min(1000, Math.round((repeats * wantedNs) / ns)));
}

/** Best rate of a probe over a few passes, in units of `work` a second; null without GPU time. */
async function bestRate(gpu: Gpu, id: string, problem: Problem, work: (k: Kernel) => number) {
  const kernel = kernelById(id);
  const executor = await open(gpu, kernel, problem);
  try {
    let repeats = 1;
    let best: number | null = null;
    for (let i = 0; i < SAMPLES; i++) {
      const ns = await passNs(gpu, executor, repeats);
      if (!ns) continue;
      best = Math.max(best ?? 0, (work(kernel) * repeats) / (ns / 1e9));
      repeats = fitRepeats(repeats, ns, PASS_NS);
    }
    return best;
  } finally {
    executor.destroy();
  }
}

/** Bytes a second, all directions counted; on smaller buffers where the GPU has no room for large ones. */
async function memoryRate(gpu: Gpu, id: 'copy' | 'read' | 'write'): Promise<number | null> {
  const limit = gpu.limits.maxStorageBufferBindingSize ?? 1 << 27;
  for (let elements = MEMORY_ELEMENTS; elements >= LEAST_MEMORY_ELEMENTS; elements /= 2) {
    if (elements * 4 > limit) continue;
    const problem: Problem = { shape: [elements], dtype: 'f32' };
    try {
      return await bestRate(gpu, id, problem, (k) => k.bytes(problem));
    } catch (error) {
      if (!(error instanceof LabError) || error.code !== 'out-of-memory') throw error;
    }
  }
  return null;
}

/** Operations a second, first on little work and then on as much as fills a pass a few times. */
async function fmaRate(gpu: Gpu, dtype: 'f32' | 'f16'): Promise<number | null> {
  const rateOf = (shape: readonly [number, number]) => {
    const problem: Problem = { shape, dtype };
    return bestRate(gpu, 'fma', problem, (k) => k.flops(problem));
  };
  const first = await rateOf(WITNESS_SHAPE);
  if (first === null) return null;
  const [invocations, iterations] = WITNESS_SHAPE;
  const flopsPerStep = kernelById('fma').flops({ shape: WITNESS_SHAPE, dtype }) / invocations / iterations;
  const wanted = (first * (PASS_NS / 1e9)) / 4 / (FMA_INVOCATIONS * flopsPerStep);
  return rateOf([FMA_INVOCATIONS, Math.max(16, Math.min(4096, Math.round(wanted)))]);
}

/**
 * Measured limits of this device. Not asked of a software adapter: they would mean nothing. A probe that fails
 * leaves its ceiling out; the run does not depend on it.
 */
export async function measureCeilings(gpu: Gpu): Promise<Ceilings> {
  const orNull = (rate: Promise<number | null>) => rate.catch(() => null);
  const copy = await orNull(memoryRate(gpu, 'copy'));
  const read = await orNull(memoryRate(gpu, 'read'));
  const write = await orNull(memoryRate(gpu, 'write'));
  const f32 = await orNull(fmaRate(gpu, 'f32'));
  const f16 = gpu.features.includes('shader-f16') ? await orNull(fmaRate(gpu, 'f16')) : null;
  return {
    ...(copy === null ? {} : { copyGBs: copy / 1e9 }),
    ...(read === null ? {} : { readGBs: read / 1e9 }),
    ...(write === null ? {} : { writeGBs: write / 1e9 }),
    ...(f32 === null ? {} : { fmaF32GFlops: f32 / 1e9 }),
    ...(f16 === null ? {} : { fmaF16GFlops: f16 / 1e9 }),
  };
}

/** A short FMA kernel whose rate tells what the GPU's clock does while others are sampled (method.md 10). */
export interface Witness {
  /** Rate now, in FLOP/s; null when it gave no time. */
  rate(): Promise<number | null>;
  dispose(): void;
}

/** @param minPassNs below this the timer does not resolve a pass well enough. */
export async function createWitness(gpu: Gpu, minPassNs: number): Promise<Witness> {
  const kernel = kernelById('fma');
  const problem: Problem = { shape: WITNESS_SHAPE, dtype: 'f32' };
  const executor = await open(gpu, kernel, problem);
  let repeats = 1;
  // Three times: the first pass may find the GPU asleep, and a coarse timer may see nothing of it.
  for (let i = 0; i < 3; i++) {
    const ns = await passNs(gpu, executor, repeats);
    repeats = ns ? fitRepeats(repeats, ns, Math.max(WITNESS_NS, minPassNs)) : repeats * 8;
  }
  return {
    async rate() {
      const ns = await passNs(gpu, executor, repeats);
      return ns ? (kernel.flops(problem) * repeats) / (ns / 1e9) : null;
    },
    dispose: () => executor.destroy(),
  };
}
