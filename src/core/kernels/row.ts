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

/** The same for code that moves elements and never looks at them: up to 16 bytes of any type. */
export function movesOf(
  length: number,
  dtype: FloatDtype,
): { readonly width: 1 | 4 | 8; readonly code: string } {
  const halves = dtype === 'f16' && length % 8 === 0;
  return halves ? { width: 8, code: 'alias pack = vec4<u32>;' } : lanesOf(length);
}

/**
 * Elements of a row that a lane keeps in registers of f32: a quarter of the 255 registers that it may have on
 * NVIDIA (CUDA C++ Programming Guide, technical specifications by compute capability).
 */
const MOST_HELD = 64;

/**
 * Elements of a lane, about, where the row is short. Fewer lanes keep too few loads in flight, more of them spend their
 * time in barriers (docs/notes/memory-kernels.md has the times).
 */
const ELEMENTS_A_LANE: Readonly<Record<FloatDtype, number>> = { f32: 8, f16: 32 };

/** Invocations of a workgroup, unless a longer row can be held with more of them. */
const [FEWEST, USUAL, MOST] = [32, 128, 1024];

/** How a workgroup of `threads` walks a row of `cols` elements. */
export interface RowPlan {
  /** Elements move in packs of one or four. */
  readonly packs: number;
  /** A power of two, as the reductions of shaders/common/reduce.wgsl need. */
  readonly threads: number;
  /** Defines `pack`, `wide`, HELD (packs of a lane in registers) and FULL (whether every lane has that many). */
  readonly code: string;
}

/** A row that does not fit into registers keeps as much of it as fits and reads the rest again. */
export function planRow(cols: number, dtype: FloatDtype, limits: DeviceLimits): RowPlan {
  const { width, code } = lanesOf(cols);
  const packs = cols / width;
  const most = Math.min(MOST, limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX);
  let threads = FEWEST;
  while (threads < USUAL && threads * 1.5 * ELEMENTS_A_LANE[dtype] < cols) threads *= 2;
  while (threads * MOST_HELD < cols && threads * 2 <= most) threads *= 2;
  const held = Math.min(Math.ceil(packs / threads), MOST_HELD / width);
  const full = packs >= held * threads;
  return { packs, threads, code: `${code}const HELD = ${held}u;\nconst FULL = ${full};\n` };
}
