/** Programs that bring the axes of an array into another order: `transpose` and `permute` are made of these. */
import grid from '../../../shaders/common/grid.wgsl?raw';
import block from '../../../shaders/permute/block.wgsl?raw';
import blocks4 from '../../../shaders/permute/blocks4.wgsl?raw';
import blocks8 from '../../../shaders/permute/blocks8.wgsl?raw';
import gather from '../../../shaders/permute/gather.wgsl?raw';
import planes from '../../../shaders/permute/planes.wgsl?raw';
import tiled from '../../../shaders/permute/tiled.wgsl?raw';
import type { Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits } from './kernel';
import { movesOf } from './row';
import { type FloatDtype, wgsl } from './wgsl';

/** y's axis k is x's axis order[k] (the `perm` of ONNX's Transpose). At most four axes. */
export interface Permutation {
  readonly dims: readonly number[];
  readonly order: readonly number[];
}

/** An axis of y, the innermost last: its size, and how far apart neighbours on it lie in x and in y. */
interface Axis {
  readonly size: number;
  readonly inX: number;
  readonly inY: number;
}

const bindings: Stage['bindings'] = [
  { buffer: 'x', access: 'read' },
  { buffer: 'y', access: 'write' },
];

const THREADS = 256;
/** Planes thinner than this one way leave most of a 32×32 tile empty. */
const THIN = 16;

/**
 * The same permutation in the fewest axes: those of size one are left out, and axes that follow each other
 * in both x and y are one.
 */
export function simplified({ dims, order }: Permutation): Permutation {
  const kept = order.filter((axis) => dims[axis]! > 1);
  const inX = kept.toSorted((a, b) => a - b);
  const groups: number[][] = [];
  for (const axis of kept) {
    const last = groups.at(-1);
    if (last && inX.indexOf(axis) === inX.indexOf(last.at(-1)!) + 1) last.push(axis);
    else groups.push([axis]);
  }
  const sorted = groups.toSorted((a, b) => a[0]! - b[0]!);
  return {
    dims: sorted.map((group) => group.reduce((size, axis) => size * dims[axis]!, 1)),
    order: groups.map((group) => sorted.indexOf(group)),
  };
}

function axesOf({ dims, order }: Permutation): Axis[] {
  const after = (sizes: readonly number[], k: number) => sizes.slice(k + 1).reduce((a, b) => a * b, 1);
  const sizesOfY = order.map((axis) => dims[axis]!);
  return order.map((axis, k) => ({ size: dims[axis]!, inX: after(dims, axis), inY: after(sizesOfY, k) }));
}

const POINT: Axis = { size: 1, inX: 0, inY: 0 };

/** One element of y an invocation, or 16 bytes where they are neighbours in x too. */
export function gatherStage(permutation: Permutation, dtype: FloatDtype, limits: DeviceLimits): Stage {
  const axes = axesOf(simplified(permutation));
  while (axes.length < 4) axes.unshift(POINT);
  const [a, b, c, d] = axes as [Axis, Axis, Axis, Axis];
  const { width, code } = movesOf(d.inX === 1 ? d.size : 1, dtype);
  const packs = permutation.dims.reduce((x, y) => x * y, 1) / width;
  return {
    label: 'permute by gathering',
    code: wgsl(dtype, grid, code, gather),
    constants: {
      size1: b.size,
      size2: c.size,
      size3: d.size / width,
      stride0: a.inX / width,
      stride1: b.inX / width,
      stride2: c.inX / width,
      stride3: d.inX,
      packs,
      threads: THREADS,
    },
    bindings,
    workgroups: foldGrid(Math.ceil(packs / THREADS), limits),
  };
}

/**
 * Runs are copied where the innermost axis stays; else planes of its old and its new innermost axis are
 * transposed: in blocks in registers where both sizes divide by the block's, or through workgroup memory.
 */
export function permuteStage(permutation: Permutation, dtype: FloatDtype, limits: DeviceLimits): Stage {
  const axes = axesOf(simplified(permutation));
  const row = axes.at(-1) ?? POINT;
  const col = axes.find((axis) => axis.inX === 1) ?? POINT;
  const unit = blockSize(row.size, col.size, dtype);
  // Thin planes are gathered if what lies around a row or a column lies around it in both arrays.
  const thinRows = row.size < THIN && axes.at(-2) === col;
  const thinCols = col.size < THIN && row.inX === col.size;
  if (row === col || (unit === 1 && (thinRows || thinCols))) return gatherStage(permutation, dtype, limits);

  const [inner = POINT, outer = POINT] = axes.filter((axis) => axis !== row && axis !== col).reverse();
  const [rows, cols] = [row.size / unit, col.size / unit];
  const { label, code, constants, tileRows, tileCols } = unit === 1 ? tiles(dtype) : blocks(unit, rows, cols);
  const count = outer.size * inner.size * Math.ceil(rows / tileRows) * Math.ceil(cols / tileCols);
  return {
    label,
    code: wgsl(dtype, grid, planes, code),
    constants: {
      rows,
      cols,
      outer: outer.size,
      inner: inner.size,
      row_stride: row.inX / unit,
      col_stride: col.inY / unit,
      x_outer: outer.inX / unit,
      x_inner: inner.inX / unit,
      y_outer: outer.inY / unit,
      y_inner: inner.inY / unit,
      ...constants,
    },
    bindings,
    workgroups: foldGrid(count, limits),
  };
}

/** How a plane is cut into tiles, one a workgroup. */
interface Tiling {
  readonly label: string;
  readonly code: string;
  readonly constants: Stage['constants'];
  readonly tileRows: number;
  readonly tileCols: number;
}

/** 16 bytes wide where both sizes allow it, or of four halves; 1 for none. */
function blockSize(rows: number, cols: number, dtype: FloatDtype): 1 | 4 | 8 {
  const divides = (n: number) => rows % n === 0 && cols % n === 0;
  if (dtype === 'f16' && divides(8)) return 8;
  return divides(4) ? 4 : 1;
}

/** Halves are loaded eight at a time, as they are half the bytes. */
const tiles = (dtype: FloatDtype): Tiling => ({
  label: 'permute in tiles',
  code: tiled,
  constants: { high: dtype === 'f16' ? 4 : 8 },
  tileRows: 32,
  tileCols: 32,
});

/** 256 blocks in a square; thin planes take what they fill best. `rows` and `cols` count blocks. */
function blocks(size: 4 | 8, rows: number, cols: number): Tiling {
  const power = (n: number) => 2 ** Math.ceil(Math.log2(n));
  const laneRows = rows < 4 ? power(rows) : 32 / power(Math.min(cols, 8));
  const laneCols = 32 / laneRows;
  const tall = cols <= laneCols ? 8 : Math.min(4, power(rows / laneRows));
  return {
    label: 'permute in blocks',
    code: [block, size === 8 ? blocks8 : blocks4].join('\n'),
    constants: { lane_rows: laneRows, tall },
    tileRows: laneRows * tall,
    tileCols: laneCols * (8 / tall),
  };
}
