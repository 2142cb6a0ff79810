/**
 * WGSL of the register tile, the inner loop of every product here.
 *
 * Each thread keeps quads (4×4 blocks) of C in registers. A step stages a slice of A and one of B in
 * workgroup memory, k-major, while the blocks of the next step are on their way from memory to registers:
 * half of the threads fetch A, half B, one 4×4 block each, so that all moves are 16 bytes wide and A is
 * transposed in registers. The loop over k within a step is unrolled into named registers: on an H200 loops
 * over arrays cost a quarter of the speed, and literal indices need no bounds checks.
 */
import grid from '../../../../shaders/common/grid.wgsl?raw';
import tileOrder from '../../../../shaders/common/tile-order.wgsl?raw';
import { count, indent, LANES } from './text';
import { type BLayout, type Tile, tileColumns, tileGeometry } from './tile';

/** Lanes of the subgroup that the placement of threads has in mind; another size is only slower. */
const SUBGROUP = 32;

/**
 * Overrides `M`, `K`, `N` and `BATCHES`, the private variable `batch`, and the entry point `main`, to be
 * dispatched over `tileCount` workgroups in a folded grid (grid.ts). It calls functions with which an
 * operator says what A, B and C are; each takes or gives four neighbours along the last index:
 * - `load_a(row, k) -> vec4f`
 * - `load_b(k, col) -> vec4f`; for `nk` `load_b(col, k)`; for `pair` also `load_b2(k, col)`
 * - `store(row, col, sum: vec4f)`; for `pair` `store(row, col, sum: vec4f, sum2: vec4f)`
 *
 * Loads outside of A and B give zero; stores outside of C do nothing.
 */
export function tileCode(tile: Tile, layout: BLayout): string {
  const { size, colQuads } = tile;
  const { threads, step } = tileGeometry(tile);
  const columns = tileColumns(tile, layout);
  const subgroupsAcross = size / (4 * colQuads) / 8;
  return `${grid}
${tileOrder}
override M: u32;
override K: u32;
override N: u32;
override BATCHES: u32 = 1u;

// Slices of A and B as [k][quad]. Row k of a slice that was transposed is rotated by 2·(k / 4) quads, so that
// neighbouring threads store to different banks.
var<workgroup> a_slice: array<array<vec4f, ${size / 4}>, ${step}>;
var<workgroup> b_slice: array<array<vec4f, ${size / 4}>, ${step}>;
var<private> batch: u32;

${fetchCode(tile, layout)}
${stageCode(tile, layout)}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tiles = vec2u((M + ${size - 1}u) / ${size}u, (N + ${columns - 1}u) / ${columns}u);
  let number = flat_workgroup(workgroup, grid);
  if (number >= BATCHES * tiles.x * tiles.y) { return; }
  batch = number / (tiles.x * tiles.y);
  let corner = tile_position(number % (tiles.x * tiles.y), tiles.x, tiles.y) * vec2u(${size}u, ${columns}u);

  // A subgroup covers 4 × 8 quads: few addresses in each load from workgroup memory.
  let subgroup = thread / ${SUBGROUP}u;
  let ty = subgroup / ${subgroupsAcross}u * 4u + thread % ${SUBGROUP}u / 8u;
  let tx = subgroup % ${subgroupsAcross}u * 8u + thread % 8u;
${indent(2, places(tile, layout))}
${indent(2, sums(tile))}
  var next = fetch(thread, corner, 0u);
  for (var k = 0u; k < K; k += ${step}u) {
    workgroupBarrier();
    stage(thread, next);
    workgroupBarrier();
    if (k + ${step}u < K) { next = fetch(thread, corner, k + ${step}u); }
${indent(
  4,
  count(step).map((k) => multiply(tile, layout, k)),
)}
  }

  let row = corner.x + ty * 4u;
  let col = corner.y + tx * 4u;
${indent(2, stores(tile, layout))}
}
`;
}

/** The thread's block of the slices that begin at k. */
function fetchCode(tile: Tile, layout: BLayout): string {
  const { threads, step } = tileGeometry(tile);
  const [down, across] = [step / 4, tileColumns(tile, layout) / 4];
  const rows = (load: string, row: string, col: string) =>
    `return mat4x4f(${count(4)
      .map((i) => `${load}(${row} + ${i}u, ${col})`)
      .join(', ')});`;
  const fetchB = {
    kn: `let at = k + block / ${across}u * 4u;
  let col = corner.y + block % ${across}u * 4u;
  ${rows('load_b', 'at', 'col')}`,
    nk: `let at = k + block % ${down}u * 4u;
  let col = corner.y + block / ${down}u * 4u;
  ${rows('load_b', 'col', 'at')}`,
    pair: `let at = k + block / ${across}u % ${down}u * 4u;
  let col = corner.y + block % ${across}u * 4u;
  if (block < ${threads / 4}u) { ${rows('load_b', 'at', 'col')} }
  ${rows('load_b2', 'at', 'col')}`,
  };
  return `fn fetch(thread: u32, corner: vec2u, k: u32) -> mat4x4f {
  let block = thread % ${threads / 2}u;
  if (thread < ${threads / 2}u) {
    let at = k + block % ${down}u * 4u;
    let row = corner.x + block / ${down}u * 4u;
    ${rows('load_a', 'row', 'at')}
  }
  ${fetchB[layout]}
}
`;
}

/** Writes a fetched block into its slice: transposed where k ran along the block's rows. */
function stageCode(tile: Tile, layout: BLayout): string {
  const { threads, step } = tileGeometry(tile);
  const [down, across] = [step / 4, tileColumns(tile, layout) / 4];
  const put = (slice: string, from: string) =>
    count(4)
      .map((i) => `${slice}[k * 4u + ${i}u][quad] = ${from}[${i}];`)
      .join('\n    ');
  const transposed = (slice: string) => `let k = block % ${down}u;
    let quad = (block / ${down}u + 2u * k) % ${tile.size / 4}u;
    let columns = transpose(rows);
    ${put(slice, 'columns')}`;
  const stageB = {
    kn: `let k = block / ${across}u;
    let quad = block % ${across}u;
    ${put('b_slice', 'rows')}`,
    nk: transposed('b_slice'),
    pair: `let k = block / ${across}u % ${down}u;
    let quad = block / ${threads / 4}u * ${across}u + block % ${across}u;
    ${put('b_slice', 'rows')}`,
  };
  return `fn stage(thread: u32, rows: mat4x4f) {
  let block = thread % ${threads / 2}u;
  if (thread < ${threads / 2}u) {
    ${transposed('a_slice')}
  } else {
    ${stageB[layout]}
  }
}
`;
}

/** Where the thread's quads lie in a row of a slice, for each rotation. */
function places(tile: Tile, layout: BLayout): string[] {
  const quads = tile.size / 4;
  const place = (name: string, thread: string, apart: number, rotation: number) =>
    `let ${name} = (${thread} + ${apart + 2 * rotation}u) % ${quads}u;`;
  const rotations = tileGeometry(tile).step / 4;
  return [
    ...count(rotations).flatMap((r) =>
      count(tile.rowQuads).map((q) => place(`a${q}_at${r}`, 'ty', (q * quads) / tile.rowQuads, r)),
    ),
    ...count(layout === 'nk' ? rotations : 1).flatMap((r) =>
      count(tile.colQuads).map((q) => place(`b${q}_at${r}`, 'tx', (q * quads) / tile.colQuads, r)),
    ),
  ];
}

function sums(tile: Tile): string[] {
  return count(tile.rowQuads * 4).map((row) =>
    count(tile.colQuads)
      .map((q) => `var c${row}_${q} = vec4f();`)
      .join(' '),
  );
}

/** C += column k of A's slice · row k of B's. */
function multiply(tile: Tile, layout: BLayout, k: number): string {
  const rotation = Math.floor(k / 4);
  const loads = [
    ...count(tile.rowQuads).map((q) => `let a${q} = a_slice[${k}][a${q}_at${rotation}];`),
    ...count(tile.colQuads).map(
      (q) => `let b${q} = b_slice[${k}][b${q}_at${layout === 'nk' ? rotation : 0}];`,
    ),
  ];
  const products = count(tile.rowQuads * 4).map((row) => {
    const a = `vec4f(a${Math.floor(row / 4)}.${LANES[row % 4]})`;
    return count(tile.colQuads)
      .map((q) => `c${row}_${q} = fma(${a}, b${q}, c${row}_${q});`)
      .join(' ');
  });
  return `{\n${indent(2, [loads.join(' '), ...products])}\n}`;
}

function stores(tile: Tile, layout: BLayout): string[] {
  const { size, rowQuads, colQuads } = tile;
  return count(rowQuads * 4).flatMap((r) => {
    const row = `row + ${Math.floor(r / 4) * (size / rowQuads) + (r % 4)}u`;
    return layout === 'pair'
      ? [`store(${row}, col, c${r}_0, c${r}_1);`]
      : count(colQuads).map((q) => `store(${row}, col + ${q * (size / colQuads)}u, c${r}_${q});`);
  });
}
