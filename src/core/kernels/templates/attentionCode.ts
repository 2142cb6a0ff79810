/**
 * WGSL of attention in one pass over the keys, after "FlashAttention" (Dao et al., 2022) and "Online
 * normalizer calculation for softmax" (Milakov & Gimelshein, 2018): a workgroup keeps a tile of queries,
 * walks the keys 64 at a time, and shrinks what it has summed whenever a query's largest score grows.
 *
 * A thread holds the scores of its queries with 4 keys, and their results in 4 columns of every 64, in
 * registers. Both products read slices of 16 keys or columns from workgroup memory, k-major, and fetch the
 * next slice while they multiply, as the register tile does (tileCode.ts).
 */
import { count, indent, LANES } from './text';

/** Keys of a tile. */
export const TILE_KEYS = 64;
/** Threads side by side: each has a quad of the keys, and of every 64 columns of the result. */
const ACROSS = TILE_KEYS / 4;

/** How much a workgroup computes. */
export interface AttentionTile {
  readonly threads: 128 | 256;
  /** Quads of queries of a thread. */
  readonly rowQuads: 1 | 2;
  /** Quads of columns of the result of a thread. */
  readonly colQuads: 1 | 2;
  /** Values of the inner dimension of either product that are staged at a time. */
  readonly slice: 16 | 32;
}

const quadsDown = ({ threads, rowQuads }: AttentionTile) => (threads / ACROSS) * rowQuads;

/** Queries that a workgroup computes. */
export const attentionQueries = (tile: AttentionTile): number => 4 * quadsDown(tile);

/** Columns of the result that a workgroup computes. */
export const attentionColumns = ({ colQuads }: Pick<AttentionTile, 'colQuads'>): number =>
  TILE_KEYS * colQuads;

/** Workgroup memory that it takes. */
export const attentionBytes = (tile: AttentionTile): number =>
  4 * tile.slice * (attentionQueries(tile) + attentionColumns(tile));

/**
 * Overrides `BATCHES`, `BLOCKS` (of columns) and `SCALE` (log₂e / √dim), the private variable `batch`, and
 * the entry point `main`, to be dispatched over BATCHES × BLOCKS × query tiles in a folded grid. It expects
 * the overrides `SEQUENCE` and `DIM`, and `read_queries`, `read_keys`, `read_values` and `write_y`, each of
 * (token, column).
 */
export function attentionCode(tile: AttentionTile): string {
  const { threads, rowQuads, colQuads, slice } = tile;
  const moves = movesOf(tile);
  const queries = attentionQueries(tile);
  const apart = threads / ACROSS;
  const rows = count(4 * rowQuads);
  const columns = count(colQuads);
  const perQuad = (line: (q: number) => string) => count(rowQuads).map(line);
  const valueMoves = count((slice * ACROSS * colQuads) / threads);
  const valueAt = (i: number) => `(thread + ${i * threads}u)`;
  const places = [0, 1].flatMap((odd) => [
    `let left${odd} = (ty + ${4 * odd}u) % ${apart}u;`,
    `let right${odd} = (tx + ${4 * odd}u) % ${ACROSS}u;`,
  ]);
  const results = rows.map((r) => columns.map((c) => `var y${r}_${c} = vec4f();`).join(' '));
  const state = perQuad((q) => `var peak${q} = vec4f(LOWEST); var total${q} = vec4f();`);
  const stored = perQuad((q) =>
    [
      `let by_key${q} = transpose(mat4x4f(${vectors((r) => `s${r}`, q)}));`,
      ...count(4).map(
        (i) =>
          `left[tx % ${slice / 4}u * 4u + ${i}u][${q}][(ty + tx % 2u * 4u) % ${apart}u] = by_key${q}[${i}];`,
      ),
    ].join('\n'),
  );
  const fetchValues = (key: string, assign: string) =>
    valueMoves.map(
      (i) =>
        `${assign}value${i} = read_values(${key} + ${valueAt(i)} / ${ACROSS * colQuads}u, first_col + ${valueAt(i)} % ${ACROSS * colQuads}u * 4u);`,
    );
  const stageValues = valueMoves.map(
    (i) =>
      `right[${valueAt(i)} / ${ACROSS * colQuads}u][${valueAt(i)} / ${ACROSS}u % ${colQuads}u][${valueAt(i)} % ${ACROSS}u] = value${i};`,
  );
  const valueSlice = (i: number) => [
    'workgroupBarrier();',
    `if (tx / ${slice / 4}u == ${i}u) {`,
    indent(2, stored),
    '}',
    ...stageValues,
    'workgroupBarrier();',
    ...((i + 1) * slice < TILE_KEYS ? fetchValues(`key + ${(i + 1) * slice}u`, '') : []),
    ...count(slice).map((k) => valueStep(tile, k)),
  ];
  const scales = perQuad(
    (q) =>
      `let scale${q} = 1.0 / (${count(ACROSS)
        .map((t) => `left[${t}][${q}][ty]`)
        .join(' + ')});`,
  );
  const written = rows.flatMap((r) =>
    columns.map(
      (c) =>
        `write_y(row + ${Math.floor(r / 4) * 4 * apart + (r % 4)}u, col + ${TILE_KEYS * c}u, scale${lane(r)} * y${r}_${c});`,
    ),
  );
  return `override BATCHES: u32;
override BLOCKS: u32;
override SCALE: f32;

// The lowest finite f32: WGSL has no infinity to start a maximum from, and −∞ − −∞ would be NaN.
const LOWEST = -3.4028234663852886e38;

// Slices [k][quad of a thread][thread] of the products' left operands (queries, then weights) and right ones
// (keys, then values). Where k ran along the quads that were moved, every other four of k are rotated by four
// quads: neighbours then store to different banks. Between the products, threads tell each other maxima through
// the left one.
var<workgroup> left: array<array<array<vec4f, ${apart}>, ${rowQuads}>, ${slice}>;
var<workgroup> right: array<array<array<vec4f, ${ACROSS}>, ${colQuads}>, ${slice}>;
var<private> batch: u32;

fn largest(v: vec4f) -> f32 { return max(max(v.x, v.y), max(v.z, v.w)); }
fn sum(v: vec4f) -> f32 { return (v.x + v.y) + (v.z + v.w); }

@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tiles = (SEQUENCE + ${queries - 1}u) / ${queries}u;
  let number = flat_workgroup(workgroup, grid);
  if (number >= BATCHES * BLOCKS * tiles) { return; }
  batch = number / (BLOCKS * tiles);
  let query = number % tiles * ${queries}u;
  let first_col = number / tiles % BLOCKS * ${attentionColumns(tile)}u;
  // A subgroup of 32 covers 4 × 8 threads: few addresses in each load from workgroup memory.
  let subgroup = thread / 32u;
  let ty = subgroup / 2u * 4u + thread % 32u / 8u;
  let tx = subgroup % 2u * 8u + thread % 8u;
  let col = first_col + tx * 4u;
${indent(2, places)}
${indent(2, results)}
  // Of each query: the largest score so far in units of log 2, and the sum of this thread's weights.
${indent(2, state)}

${indent(
  2,
  moves.map(({ name, fetch }) => `var ${name} = ${fetch('0u', '0u')};`),
)}
  for (var key = 0u; key < SEQUENCE; key += ${TILE_KEYS}u) {
${indent(
  4,
  rows.map((r) => `var s${r} = vec4f();`),
)}
    // The last tile of keys fetches itself again: a branch around the loads would wait for them.
    let next_key = select(key, key + ${TILE_KEYS}u, key + ${TILE_KEYS}u < SEQUENCE);
    for (var k = 0u; k < DIM; k += ${slice}u) {
      workgroupBarrier();
${indent(
  6,
  moves.flatMap(({ stage }) => stage),
)}
      workgroupBarrier();
      let more = k + ${slice}u < DIM;
      let from_key = select(next_key, key, more);
      let from_col = select(0u, k + ${slice}u, more);
${indent(
  6,
  moves.map(({ name, fetch }) => `${name} = ${fetch('from_key', 'from_col')};`),
)}
${indent(
  6,
  count(slice).map((k) => scoreStep(tile, k)),
)}
    }
${indent(4, fetchValues('key', 'var '))}

    // Keys past the end get no weight.
    let inside = vec4u(key + tx * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(SEQUENCE);
${indent(4, softmaxCode(tile))}

${indent(
  4,
  count(TILE_KEYS / slice).flatMap((i) => valueSlice(i)),
)}
  }

  workgroupBarrier();
${indent(2, tellAcross(tile, 'total'))}
  workgroupBarrier();
${indent(2, scales)}
  let row = query + ty * 4u;
${indent(2, written)}
}
`;
}

/** Turns the scores into weights, exp2(score − peak), and shrinks what was summed to the new peaks. */
function softmaxCode(tile: AttentionTile): string[] {
  const rows = count(4 * tile.rowQuads);
  const perQuad = (line: (q: number) => string) => count(tile.rowQuads).map(line);
  const masked = rows.map((r) => `s${r} = select(vec4f(LOWEST), SCALE * s${r}, inside);`);
  const largest = perQuad((q) => `let own${q} = vec4f(${vectors((r) => `largest(s${r})`, q)});`);
  const peaks = perQuad(
    (q) =>
      `var next_peak${q} = peak${q};\n${count(ACROSS)
        .map((t) => `next_peak${q} = max(next_peak${q}, left[${t}][${q}][ty]);`)
        .join('\n')}`,
  );
  const shrinks = perQuad(
    (q) => `let shrink${q} = exp2(peak${q} - next_peak${q}); peak${q} = next_peak${q};`,
  );
  const weighed = rows.map((r) => `s${r} = exp2(s${r} - peak${lane(r)});`);
  const totals = perQuad(
    (q) => `total${q} = total${q} * shrink${q} + vec4f(${vectors((r) => `sum(s${r})`, q)});`,
  );
  const shrunk = rows.map((r) =>
    count(tile.colQuads)
      .map((c) => `y${r}_${c} *= shrink${lane(r)};`)
      .join(' '),
  );
  return [
    ...masked,
    ...largest,
    'workgroupBarrier();',
    ...tellAcross(tile, 'own'),
    'workgroupBarrier();',
    ...peaks,
    ...shrinks,
    ...weighed,
    ...totals,
    ...shrunk,
  ];
}

/** Puts a vector for each quad of queries where all threads with the same queries find it. */
const tellAcross = ({ rowQuads }: AttentionTile, vector: string): string[] =>
  count(rowQuads).map((q) => `left[tx][${q}][ty] = ${vector}${q};`);

/** The register of query r of a thread, in vectors that hold four each. */
const lane = (r: number) => `${Math.floor(r / 4)}.${LANES[r % 4]}`;

/** An expression for each of the four queries of quad q. */
const vectors = (of: (r: number) => string, q: number) =>
  count(4)
    .map((i) => of(4 * q + i))
    .join(', ');

/** Quads of queries and keys that a thread brings into registers, and from there into the slices. */
function movesOf(tile: AttentionTile) {
  const { threads, slice, rowQuads } = tile;
  const move = (read: string, into: string, quads: number, apart: number, from: (key: string) => string) =>
    count((quads * slice) / threads).map((i) => {
      // As in tileCode.ts: two quads of a row, the rows below, the next eight of k.
      const index = `(thread + ${i * threads}u)`;
      const row = `${index} / 2u % ${4 * quads}u`;
      const k = `(${index} / ${8 * quads}u * 8u + thread % 2u * 4u)`;
      const place = `[${row} / ${4 * apart}u][(${row} / 4u + thread % 2u * 4u) % ${apart}u][${row} % 4u]`;
      const name = `next_${into}${i}`;
      return {
        name,
        fetch: (key: string, col: string) => `${read}(${from(key)} + ${row}, ${col} + ${k})`,
        stage: LANES.map((lane, j) => `${into}[${k} + ${j}u]${place} = ${name}.${lane};`),
      };
    });
  const quads = quadsDown(tile);
  return [
    ...move('read_queries', 'left', quads, quads / rowQuads, () => 'query'),
    ...move('read_keys', 'right', ACROSS, ACROSS, (key) => key),
  ];
}

/** Scores += a column of the queries · that column of the keys. */
function scoreStep({ rowQuads }: AttentionTile, k: number): string {
  const loads = [
    ...count(rowQuads).map((q) => `let a${q} = left[${k}][${q}][left${(k >> 2) % 2}];`),
    `let b = right[${k}][0][right${(k >> 2) % 2}];`,
  ];
  const products = count(4 * rowQuads).map(
    (r) => `s${r} = fma(vec4f(a${r >> 2}.${LANES[r % 4]}), b, s${r});`,
  );
  return `{\n${indent(2, [loads.join(' '), ...products])}\n}`;
}

/** Results += the weights of a key · its values. */
function valueStep({ rowQuads, colQuads }: AttentionTile, k: number): string {
  const columns = count(colQuads);
  const loads = [
    ...count(rowQuads).map((q) => `let a${q} = left[${k}][${q}][left${(k >> 2) % 2}];`),
    ...columns.map((c) => `let b${c} = right[${k}][${c}][right0];`),
  ];
  const products = count(4 * rowQuads).map((r) =>
    columns.map((c) => `y${r}_${c} = fma(vec4f(a${r >> 2}.${LANES[r % 4]}), b${c}, y${r}_${c});`).join(' '),
  );
  return `{\n${indent(2, [loads.join(' '), ...products])}\n}`;
}
