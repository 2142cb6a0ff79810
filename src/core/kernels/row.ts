import lanes1 from '../../../shaders/common/lanes1.wgsl?raw';
import lanes4 from '../../../shaders/common/lanes4.wgsl?raw';
import type { DeviceLimits, Problem } from './kernel';
import { type FloatDtype, floatDtype } from './wgsl';

/** An operator over the rows of x[rows, cols]. */
export interface RowsProblem {
  readonly rows: number;
  readonly cols: number;
  readonly dtype: FloatDtype;
}

export function rowsProblem({ shape, dtype }: Problem): RowsProblem {
  return { rows: shape[0]!, cols: shape[1]!, dtype: floatDtype(dtype) };
}

/** The snippet that names the unit of a move: four elements where `length` divides by four, else one. */
export function lanesOf(length: number): { readonly width: 1 | 4; readonly code: string } {
  return length % 4 === 0 ? { width: 4, code: lanes4 } : { width: 1, code: lanes1 };
}

/**
 * Elements of a row that a lane keeps in registers of f32: a quarter of the 255 registers that it may have on
 * NVIDIA (CUDA C++ Programming Guide, technical specifications by compute capability).
 */
const MOST_HELD = 64;

/** Packs of a lane, so that as many loads are in flight, where the row has them. */
const PACKS_A_LANE = 4;

/** How a workgroup of `threads` walks a row of `cols` elements. */
export interface RowPlan {
  /** Elements move in packs of one or four. */
  readonly packs: number;
  /** A power of two, as the reductions of shaders/common/reduce.wgsl need. */
  readonly threads: number;
  /** Defines `pack`, `wide`, HELD (packs of a lane in registers) and FULL (whether every lane has that many). */
  readonly code: string;
}

/** A row that does not fit into registers keeps one pack of each lane and reads the others again. */
export function planRow(cols: number, limits: DeviceLimits): RowPlan {
  const { width, code } = lanesOf(cols);
  const packs = cols / width;
  const most = Math.min(256, limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX);
  let threads = 32;
  while (threads * PACKS_A_LANE < packs && threads * 2 <= most) threads *= 2;
  const steps = Math.ceil(packs / threads);
  const held = steps * width <= MOST_HELD ? steps : 1;
  const full = packs >= held * threads;
  return { packs, threads, code: `${code}const HELD = ${held}u;\nconst FULL = ${full};\n` };
}
