/**
 * WGSL of the register tile, the inner loop of every product here that is not thin.
 *
 * Each thread keeps quads (4×4 blocks) of C in registers. A step stages a slice of A and one of B in
 * workgroup memory, k-major, while the next step's are on their way from memory to registers, 16 bytes a
 * move. The loop over k within a step is unrolled into named registers: on an H200 loops over arrays cost a
 * quarter of the speed, and literal indices need no bounds checks. All threads move the same, without a
 * branch: compilers wait for loads where a branch ends, and the multiplication would no longer hide them.
 */
import grid from '../../../../shaders/common/grid.wgsl?raw';
import tileOrder from '../../../../shaders/common/tile-order.wgsl?raw';
import { count, indent, LANES } from './text';
import { type BLayout, type Tile, tileColumns, tileGeometry } from './tile';

/** Lanes of the subgroup that the placement of threads has in mind; another size is only slower. */
const SUBGROUP = 32;

/**
 * Overrides `M`, `K`, `N`, `BATCHES`, `SPLITS` and `SPAN`, the private variables `batch` and `split`, and the
 * entry point `main`, to be dispatched over `tileCount` · SPLITS workgroups in a folded grid (grid.ts). A
 * split sums over SPAN values of k, a multiple of the tile's step. It calls functions with which an operator
 * says what A, B and C are; each takes or gives four neighbours along the last index:
 * - `load_a(row, k) -> vec4f`, and what makes A of it when it has arrived: `prepare_a(loaded, about) -> vec4f`,
 *   where `about_row(row) -> vec4f` is what there is to know of a row, asked for once
 * - `load_b(k, col) -> vec4f`; for `nk` `load_b(col, k)`; for `pair` also `load_b2(k, col)`
 * - `store(row, col, sum: vec4f)`; for `pair` `store(row, col, sum: vec4f, sum2: vec4f)`
 *
 * Loads outside of A and B give zero; stores outside of C do nothing.
 */
export function tileCode(tile: Tile, layout: BLayout): string {
  const { size, rowQuads, colQuads, step } = tile;
  const { threads } = tileGeometry(tile);
  const columns = tileColumns(tile, layout);
  const moves = movesOf(tile, layout);
  const across = size / (4 * colQuads) / 8;
  return `${grid}
${tileOrder}
override M: u32;
override K: u32;
override N: u32;
override BATCHES: u32;
override SPLITS: u32;
override SPAN: u32;

// Slices of A and B as [k][quad of a thread][thread]. Where k ran along the quads that were moved, every
// other four of k are rotated by four quads, so that neighbouring threads store to different banks.
var<workgroup> a_slice: array<array<array<vec4f, ${size / 4 / rowQuads}>, ${rowQuads}>, ${step}>;
var<workgroup> b_slice: array<array<array<vec4f, ${size / 4 / colQuads}>, ${colQuads}>, ${step}>;
var<private> batch: u32;
var<private> split: u32;

@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tiles = vec2u((M + ${size - 1}u) / ${size}u, (N + ${columns - 1}u) / ${columns}u);
  let number = flat_workgroup(workgroup, grid);
  if (number >= BATCHES * SPLITS * tiles.x * tiles.y) { return; }
  let share = number / (tiles.x * tiles.y) % SPLITS; // of k
  split = share;
  batch = number / (tiles.x * tiles.y) / SPLITS;
  let corner = tile_position(number % (tiles.x * tiles.y), tiles.x, tiles.y) * vec2u(${size}u, ${columns}u);
  let first = share * SPAN;
  let end = min(K, first + SPAN);

  // A subgroup covers 4 × 8 quads: few addresses in each load from workgroup memory.
  let subgroup = thread / ${SUBGROUP}u;
  let ty = subgroup / ${across}u * 4u + thread % ${SUBGROUP}u / 8u;
  let tx = subgroup % ${across}u * 8u + thread % 8u;
${indent(2, places(tile, layout))}
${indent(2, sums(tile))}
${indent(
  2,
  moves.map(({ before, name, fetch }) => `${before}var ${name} = ${fetch('first')};`),
)}
  for (var k = first; k < end; k += ${step}u) {
    workgroupBarrier();
${indent(
  4,
  moves.flatMap(({ stage }) => stage),
)}
    workgroupBarrier();
    // The last step fetches itself again: a branch around the loads would wait for them.
    let next = select(k, k + ${step}u, k + ${step}u < end);
${indent(
  4,
  moves.map(({ name, fetch }) => `${name} = ${fetch('next')};`),
)}
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

/** A quad that a thread brings into a register, and from there into a slice. */
interface Move {
  readonly name: string;
  /** Statements that come before the first load. */
  readonly before: string;
  /** The load at a step that begins at this k, as an expression. */
  readonly fetch: (k: string) => string;
  readonly stage: readonly string[];
}

function movesOf(tile: Tile, layout: BLayout): readonly Move[] {
  const { moves } = tileGeometry(tile);
  return count(moves).flatMap((i) => [
    movedAlong(tile, 'a', i),
    layout === 'nk' ? movedAlong(tile, 'b', i) : movedAcross(tile, layout, i),
  ]);
}

/**
 * A quad along k, to be transposed. Neighbouring threads move two quads of a row, the next ones the rows
 * below; whatever is left over of the threads or the moves goes to the next eight of k.
 */
function movedAlong(tile: Tile, operand: 'a' | 'b', i: number): Move {
  const { threads } = tileGeometry(tile);
  const quads = operand === 'a' ? tile.rowQuads : tile.colQuads;
  const apart = tile.size / 4 / quads;
  const index = `(thread + ${i * threads}u)`;
  const row = `${index} / 2u % ${tile.size}u`;
  const k = `(${index} / ${2 * tile.size}u * 8u + thread % 2u * 4u)`;
  const place = `[${row} / ${4 * apart}u][(${row} / 4u + thread % 2u * 4u) % ${apart}u][${row} % 4u]`;
  const name = `${operand}_next${i}`;
  const [origin, before, arrived] =
    operand === 'a'
      ? [
          'corner.x',
          `let about${i} = about_row(corner.x + ${row});\n`,
          `let a${i} = prepare_a(${name}, about${i});`,
        ]
      : ['corner.y', '', `let b${i} = ${name};`];
  return {
    name,
    before,
    fetch: (from) => `load_${operand}(${origin} + ${row}, ${from} + ${k})`,
    stage: [
      arrived,
      ...LANES.map((lane, j) => `${operand}_slice[${k} + ${j}u]${place} = ${operand}${i}.${lane};`),
    ],
  };
}

/** A quad along the columns of B; for `pair` the first half of the moves is of the first matrix. */
function movedAcross(tile: Tile, layout: BLayout, i: number): Move {
  const { threads, moves } = tileGeometry(tile);
  const across = tileColumns(tile, layout) / 4;
  const apart = tile.size / 4 / tile.colQuads;
  const second = layout === 'pair' && i >= moves / 2;
  const index = `(thread + ${(second ? i - moves / 2 : i) * threads}u)`;
  const quad = layout === 'pair' ? (second ? '1u' : '0u') : `${index} % ${across}u / ${apart}u`;
  const name = `b_next${i}`;
  return {
    name,
    before: '',
    fetch: (from) =>
      `load_b${second ? '2' : ''}(${from} + ${index} / ${across}u, corner.y + ${index} % ${across}u * 4u)`,
    stage: [`b_slice[${index} / ${across}u][${quad}][${index} % ${apart}u] = ${name};`],
  };
}

/** Where the thread's quads lie in even and in odd fours of k. */
function places({ size, rowQuads, colQuads }: Tile, layout: BLayout): string[] {
  const place = (thread: string, quads: number, rotation: number) =>
    `(${thread} + ${rotation}u) % ${size / 4 / quads}u`;
  return [
    `let a_even = ${place('ty', rowQuads, 0)};`,
    `let a_odd = ${place('ty', rowQuads, 4)};`,
    `let b_even = ${place('tx', colQuads, 0)};`,
    ...(layout === 'nk' ? [`let b_odd = ${place('tx', colQuads, 4)};`] : []),
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
  const odd = Math.floor(k / 4) % 2 === 1;
  const loads = [
    ...count(tile.rowQuads).map((q) => `let a${q} = a_slice[${k}][${q}][${odd ? 'a_odd' : 'a_even'}];`),
    ...count(tile.colQuads).map(
      (q) => `let b${q} = b_slice[${k}][${q}][${odd && layout === 'nk' ? 'b_odd' : 'b_even'}];`,
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
