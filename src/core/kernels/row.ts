import lanes1 from '../../../shaders/common/lanes1.wgsl?raw';
import lanes4 from '../../../shaders/common/lanes4.wgsl?raw';
import reduce from '../../../shaders/common/reduce.wgsl?raw';
import reduceGroups from '../../../shaders/common/reduce-groups.wgsl?raw';
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

/** Packs of a lane where several rows share a workgroup. */
const PACKS_OF_SHORT = 4;

/** Invocations of a workgroup, unless a longer row can be held with more of them. */
const [FEWEST, USUAL, MOST] = [32, 128, 1024];

/** How workgroups of `threads` walk rows of `cols` elements. */
export interface RowPlan {
  /** Elements move in packs of one or four. */
  readonly packs: number;
  readonly threads: number;
  /** Rows of a workgroup; `threads`/`rows` lanes each, a power of two. */
  readonly rows: number;
  /**
   * Defines `pack`, `wide`, `row_total` and `row_largest`, ROWS, LANES, HELD (packs of a lane in registers) and
   * FULL (whether every lane has that many).
   */
  readonly code: string;
}

/** One row a workgroup. A row that does not fit into registers keeps as much of it as fits and reads the rest again. */
export function planRow(cols: number, dtype: FloatDtype, limits: DeviceLimits): RowPlan {
  const most = Math.min(MOST, limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX);
  let threads = FEWEST;
  while (threads < USUAL && threads * 1.5 * ELEMENTS_A_LANE[dtype] < cols) threads *= 2;
  while (threads * MOST_HELD < cols && threads * 2 <= most) threads *= 2;
  return plan(cols, threads, threads);
}

/** Rows that would leave most of a workgroup idle share one. */
export function planRows(cols: number, dtype: FloatDtype, limits: DeviceLimits): RowPlan {
  const packs = cols / lanesOf(cols).width;
  const lanes = 2 ** Math.ceil(Math.log2(Math.max(1, packs / PACKS_OF_SHORT)));
  return lanes < FEWEST ? plan(cols, lanes, USUAL) : planRow(cols, dtype, limits);
}

function plan(cols: number, lanes: number, threads: number): RowPlan {
  const { width, code } = lanesOf(cols);
  const packs = cols / width;
  const rows = threads / lanes;
  const held = Math.min(Math.ceil(packs / lanes), MOST_HELD / width);
  const full = rows === 1 && packs >= held * lanes;
  const constants = `const ROWS = ${rows}u;\nconst LANES = ${lanes}u;\nconst HELD = ${held}u;\nconst FULL = ${full};`;
  return { packs, threads, rows, code: [code, constants, rows === 1 ? reduce : reduceGroups, ''].join('\n') };
}
