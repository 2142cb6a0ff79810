/** What limits a run, and where its time goes: from the three clocks, the counters and the measured ceilings. */
import type { CaseResult, Environment } from '../contract';
import { roofs } from './ceiling';

/** What may limit a run: the name for charts, and what it means to whoever waits for the result. */
export const REGIMES = {
  'launch-bound': { label: 'launch-bound', meaning: 'you wait for the CPU' },
  'transfer-bound': { label: 'transfer-bound', meaning: 'you wait for data to reach the CPU' },
  'sync-bound': { label: 'sync-bound', meaning: 'you wait for synchronisation' },
  'memory-bound': { label: 'memory-bound', meaning: 'memory bandwidth is the limit' },
  'compute-bound': { label: 'compute-bound', meaning: 'arithmetic is the limit' },
  'gpu-bound': { label: 'GPU-bound', meaning: 'the GPU is the limit' },
} as const;

export type Regime = keyof typeof REGIMES;

/**
 * From this share of a ceiling on, the ceiling is what limits. Below it on both, time goes to latency and
 * idle units: the threshold of NVIDIA Nsight Compute's speed-of-light rule ("below 60.0 % of peak typically
 * indicate latency issues").
 */
const NEAR_CEILING = 0.6;

interface Parts {
  readonly gpu: number;
  /** Encoding that the GPU's work does not hide. */
  readonly encoding: number;
  readonly transfer: number;
  /** The run to data on the CPU, or to the end of the queue's work where nothing was read back. */
  readonly total: number;
  /** Of the wall time, what neither the GPU nor encoding explains. */
  readonly waiting: number;
}

/** Medians of the clocks in ns; null without GPU time. */
function parts({ metrics }: CaseResult): Parts | null {
  const gpu = metrics['gpu.median']?.value ?? null;
  const wall = metrics['wall.median']?.value ?? null;
  if (gpu === null || wall === null || wall <= 0) return null;
  const encoding = Math.min(metrics['encode.median']?.value ?? 0, Math.max(wall - gpu, 0));
  const total = Math.max(metrics['readback.median']?.value ?? wall, wall);
  return { gpu, encoding, transfer: total - wall, total, waiting: Math.max(wall - gpu - encoding, 0) };
}

/** Which roof the GPU's work comes near: `gpu-bound` when neither, or when it is not known. */
function roof({ metrics, workload }: CaseResult, environment: Environment): Regime {
  const { arithmetic, memory } = roofs(environment, workload.dtype);
  const compute = (metrics.tflops?.value ?? 0) / (arithmetic ?? Infinity);
  const traffic = (metrics.bandwidth?.value ?? 0) / (memory ?? Infinity);
  if (Math.max(compute, traffic) < NEAR_CEILING) return 'gpu-bound';
  return compute >= traffic ? 'compute-bound' : 'memory-bound';
}

/**
 * What limits a case: the longest of the run's parts, since the slowest stage bounds a pipeline. GPU work:
 * `memory-bound`, `compute-bound` or `gpu-bound` by the roofline; encoding on the CPU: `launch-bound`; from
 * the end of the work to data on the CPU: `transfer-bound`; the rest, waiting: `sync-bound`.
 * @returns null without GPU time.
 */
export function regime(run: CaseResult, environment: Environment): Regime | null {
  const time = parts(run);
  if (!time) return null;
  const longest = Math.max(time.gpu, time.encoding, time.transfer, time.waiting);
  if (time.gpu === longest) return roof(run, environment);
  if (time.encoding === longest) return 'launch-bound';
  return time.transfer === longest ? 'transfer-bound' : 'sync-bound';
}

/** Shares of a run's time; they sum to 1. */
export interface TimeShares {
  readonly gpu: number;
  /** Encoding that the GPU's work does not hide. */
  readonly encoding: number;
  readonly transfer: number;
  readonly idle: number;
}

/** Where a run's time goes, from the call to data on the CPU; null without GPU time. */
export function timeShares(run: CaseResult): TimeShares | null {
  const time = parts(run);
  if (!time) return null;
  const transfer = time.transfer / time.total;
  const gpu = Math.min(time.gpu / time.total, 1 - transfer);
  const encoding = Math.min(time.encoding / time.total, 1 - transfer - gpu);
  return { gpu, encoding, transfer, idle: Math.max(1 - transfer - gpu - encoding, 0) };
}
