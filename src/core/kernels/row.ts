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
 * 64 registers of f32 as vec4: a quarter of the 255 that a lane may have on NVIDIA (CUDA C++ Programming
 * Guide, technical specifications by compute capability).
 */
const MOST_HELD = 16;

/** How a workgroup of `threads` walks a row of `cols` elements. */
export interface RowPlan {
  /** Elements move in packs of one or four. */
  readonly packs: number;
  /** A power of two, as the reductions of shaders/common/reduce.wgsl need. */
  readonly threads: number;
  /** Defines `pack`, `wide`, and the constants STEPS (packs of a lane) and HELD (those kept in registers). */
  readonly code: string;
}

/** A row that does not fit into registers keeps one pack of each lane and reads the others again. */
export function planRow(cols: number, limits: DeviceLimits): RowPlan {
  const { width, code } = lanesOf(cols);
  const packs = cols / width;
  const most = Math.min(256, limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX);
  let threads = 32;
  while (threads < packs && threads * 2 <= most) threads *= 2;
  const steps = Math.ceil(packs / threads);
  const held = steps <= MOST_HELD ? steps : 1;
  return { packs, threads, code: `${code}const STEPS = ${steps}u;\nconst HELD = ${held}u;\n` };
}
