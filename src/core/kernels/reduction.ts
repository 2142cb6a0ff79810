/** Programs that add up rows, columns or everything: x[rows, cols] → y, sums in f32. */
import grid from '../../../shaders/common/grid.wgsl?raw';
import colsCode from '../../../shaders/reduce/cols.wgsl?raw';
import rowsCode from '../../../shaders/reduce/rows.wgsl?raw';
import type { BufferSpec, Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits } from './kernel';
import { lanesOf, type RowsProblem } from './row';
import { type FloatDtype, wgsl } from './wgsl';

const THREADS = 256;

/** Elements of a row from which on it is split, so that a few long rows fill the GPU too. */
const LONG_ROW = 16_384;
/** Sums that one workgroup adds up in the second dispatch. */
const MOST_PARTS = 16_384;
/** Packs of a lane in a long row; short ones take up to 16 lanes, with four packs each. */
const PACKS_A_LANE = 16;
/** Workgroups wanted of a sum over rows in vec4, several for each processor of a large GPU; of single elements, four times as many. */
const ENOUGH_WORKGROUPS = 1024;
/** Packs of columns side by side in a workgroup: a kilobyte in f32. */
const MOST_ACROSS = 64;
/** Rows that each group of lanes has at least: fewer make more parts than the second dispatch is worth. */
const LEAST_ROWS = 64;

/** One dispatch from `x` to `y`: a sum for every `span` elements of each row, or of each column. */
interface Step extends RowsProblem {
  readonly span: number;
  readonly x: string;
  readonly y: string;
}

/** The types of a step: what is not a tensor of the problem is f32. */
function types({ dtype, x, y }: Step, sinkWidth: number, width: number): string {
  const name = (element: FloatDtype, n: number) => (n === 4 ? `vec4<${element}>` : element);
  const source = name(x === 'x' ? dtype : 'f32', width);
  return `alias source = ${source};\nalias sink = ${name(y === 'y' ? dtype : 'f32', sinkWidth)};`;
}

const bindings = ({ x, y }: Step): Stage['bindings'] => [
  { buffer: x, access: 'read' },
  { buffer: y, access: 'write' },
];

/** Smallest power of two that is not below `n`, at most `most`. */
function powerOfTwo(n: number, most: number): number {
  let power = 1;
  while (power < n && power < most) power *= 2;
  return power;
}

/** `span` must divide by four where the columns do. */
export function rowsStage(step: Step, limits: DeviceLimits): Stage {
  const { rows, cols, dtype } = step;
  const { width, code } = lanesOf(cols);
  const span = Math.min(step.span, cols) / width;
  const splits = Math.ceil(cols / width / span);
  const lanes = powerOfTwo(Math.max(span / PACKS_A_LANE, Math.min(span / 4, 16)), THREADS);
  return {
    label: 'sum of rows',
    code: wgsl(dtype, grid, code, types(step, 1, width), rowsCode),
    constants: { rows, packs: cols / width, splits, span, lanes, threads: THREADS },
    bindings: bindings(step),
    workgroups: foldGrid(Math.ceil((rows * splits) / (THREADS / lanes)), limits),
  };
}

function colsStage(step: Step, lanes: number, limits: DeviceLimits): Stage {
  const { rows, cols, dtype, span } = step;
  const { width, code } = lanesOf(cols);
  const packs = cols / width;
  const splits = Math.ceil(rows / span);
  return {
    label: 'sum of columns',
    code: wgsl(dtype, grid, code, types(step, width, width), colsCode),
    constants: { rows, packs, splits, span, lanes, threads: THREADS },
    bindings: bindings(step),
    workgroups: foldGrid(Math.ceil(packs / lanes) * splits, limits),
  };
}

export interface Sum {
  readonly scratch: readonly BufferSpec[];
  readonly stages: readonly Stage[];
}

/** One dispatch, or a second one over the first's `parts`·`length` sums. */
function inSteps(parts: number, length: number, stageOf: (x: string, y: string) => Stage): Sum {
  if (parts === 1) return { scratch: [], stages: [stageOf('x', 'y')] };
  return {
    scratch: [{ name: 'parts', role: 'scratch', dtype: 'f32', length: parts * length }],
    stages: [stageOf('x', 'parts'), stageOf('parts', 'y')],
  };
}

/** y[rows]: the sum of each row. Long rows take a second dispatch over the sums of their parts. */
export function sumRows(problem: RowsProblem, limits: DeviceLimits): Sum {
  const { rows, cols } = problem;
  const span = Math.max(LONG_ROW, 4 * Math.ceil(cols / MOST_PARTS / 4));
  const parts = Math.ceil(cols / span);
  return inSteps(parts, rows, (x, y) => {
    const step = x === 'x' ? { ...problem, span } : { ...problem, cols: parts, span: parts };
    return rowsStage({ ...step, x, y }, limits);
  });
}

/** y[cols]: the sum of each column. Few columns take a second dispatch over the sums of blocks of rows. */
export function sumCols(problem: RowsProblem, limits: DeviceLimits): Sum {
  const { rows, cols } = problem;
  const { width } = lanesOf(cols);
  const packs = cols / width;
  const lanes = powerOfTwo(packs, MOST_ACROSS);
  const wanted = Math.ceil(((4 / width) * ENOUGH_WORKGROUPS) / Math.ceil(packs / lanes));
  const span = Math.max(Math.ceil(rows / wanted), (THREADS / lanes) * LEAST_ROWS);
  const parts = Math.ceil(rows / span);
  return inSteps(parts, cols, (x, y) => {
    const step = x === 'x' ? { ...problem, span } : { ...problem, rows: parts, span: parts };
    return colsStage({ ...step, x, y }, lanes, limits);
  });
}
