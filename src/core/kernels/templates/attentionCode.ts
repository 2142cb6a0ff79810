/**
 * WGSL of attention in one pass over the keys, after "FlashAttention" (Dao et al., 2022) and "Online
 * normalizer calculation for softmax" (Milakov & Gimelshein, 2018): a workgroup keeps 64 queries, walks the
 * keys 32 at a time, and shrinks what it has summed whenever a query's largest score grows.
 *
 * Of its 16 × 8 threads each holds the scores of 4 queries × 4 keys and the results of 4 queries ×
 * 4·colQuads columns in registers. Both products read workgroup memory k-major, as the register tile does
 * (tileCode.ts).
 */
import { count, indent, LANES } from './text';

/** Queries and keys of a tile; a slice is what is staged of a product's inner dimension at a time. */
export const TILE_QUERIES = 64;
const KEYS = 32;
export const SLICE = 16;

/** Columns of the result that a workgroup computes with this many quads a thread. */
export const attentionColumns = (colQuads: number): number => 32 * colQuads;

/**
 * Overrides `BATCHES`, `BLOCKS` (of columns) and `SCALE` (log₂e / √dim), the private variable `batch`, and
 * the entry point `main`, to be dispatched over BATCHES × BLOCKS × query tiles in a folded grid. It expects
 * the overrides `SEQUENCE` and `DIM`, and `read_queries`, `read_keys`, `read_values` and `write_y`, each of
 * (token, column). Takes 16 KB of workgroup memory and 128 threads: every WebGPU device has them.
 * @param colQuads 1…4
 */
export function attentionCode(colQuads: number): string {
  const rows = count(4);
  const columns = count(colQuads);
  const rotations = count(SLICE / 4);
  const places = rotations.map(
    (r) => `let query_at${r} = (ty + ${2 * r}u) % 16u; let key_at${r} = (tx + ${2 * r}u) % 8u;`,
  );
  const results = rows.map((r) => columns.map((c) => `var y${r}_${c} = vec4f();`).join(' '));
  const shrunk = rows.map((r) => columns.map((c) => `y${r}_${c} *= shrink.${LANES[r]};`).join(' '));
  const masked = rows.map((r) => `s${r} = select(vec4f(LOWEST), SCALE * s${r}, inside);`);
  const weighed = rows.map((r) => `s${r} = exp2(s${r} - peak.${LANES[r]});`);
  const stored = rows.map((r) => `weights[tx / 4u][tx % 4u * 4u + ${r}u][(ty + tx) % 16u] = by_key[${r}];`);
  const peaks = count(8).map((lane) => `next_peak = max(next_peak, slices[${lane}][ty]);`);
  const totals = count(8).map((lane) => `slices[${lane}][ty]`);
  const values = columns.map(
    (c) => `${valuePlace('ty', c)} = read_values(key + slice * ${SLICE}u + ty, col + ${32 * c}u);`,
  );
  const weightPlaces = rotations.map(
    (r) => `let weight_at${r} = (ty + slice * ${SLICE / 4}u + ${r}u) % 16u;`,
  );
  const written = rows.flatMap((r) =>
    columns.map((c) => `write_y(row + ${r}u, col + ${32 * c}u, scale.${LANES[r]} * y${r}_${c});`),
  );
  return `override BATCHES: u32;
override BLOCKS: u32;
override SCALE: f32;

// The lowest finite f32: WGSL has no infinity to start a maximum from, and −∞ − −∞ would be NaN.
const LOWEST = -3.4028234663852886e38;

// Slices of the operands, and between the products what threads tell each other: whatever is needed.
var<workgroup> slices: array<array<vec4f, 16>, 32>;
// exp(score − peak) as [slice][key][query quad], rotated by key / 4: neighbours store to different banks.
var<workgroup> weights: array<array<array<vec4f, 16>, ${SLICE}>, ${KEYS / SLICE}>;
var<private> batch: u32;

${stageCode()}
fn largest(v: vec4f) -> f32 { return max(max(v.x, v.y), max(v.z, v.w)); }
fn sum(v: vec4f) -> f32 { return (v.x + v.y) + (v.z + v.w); }

@compute @workgroup_size(128)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tiles = (SEQUENCE + ${TILE_QUERIES - 1}u) / ${TILE_QUERIES}u;
  let number = flat_workgroup(workgroup, grid);
  if (number >= BATCHES * BLOCKS * tiles) { return; }
  batch = number / (BLOCKS * tiles);
  let query = number % tiles * ${TILE_QUERIES}u;
  let ty = thread / 8u;
  let tx = thread % 8u;
  let col = number / tiles % BLOCKS * ${attentionColumns(colQuads)}u + tx * 4u;
${indent(2, places)}
${indent(2, results)}
  var peak = vec4f(LOWEST); // of each query's scores so far, in units of log 2
  var total = vec4f(); // of each query's weights, over the keys that this thread holds

  for (var key = 0u; key < SEQUENCE; key += ${KEYS}u) {
    var s0 = vec4f(); var s1 = vec4f(); var s2 = vec4f(); var s3 = vec4f();
    for (var k = 0u; k < DIM; k += ${SLICE}u) {
      workgroupBarrier();
      stage(thread, query, key, k);
      workgroupBarrier();
${indent(6, count(SLICE).map(scoreStep))}
    }

    // Keys past the end get no weight.
    let inside = vec4u(key + tx * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(SEQUENCE);
${indent(4, masked)}
    workgroupBarrier();
    slices[tx][ty] = vec4f(largest(s0), largest(s1), largest(s2), largest(s3));
    workgroupBarrier();
    var next_peak = peak;
${indent(4, peaks)}
    let shrink = exp2(peak - next_peak);
    peak = next_peak;
${indent(4, weighed)}
    total = total * shrink + vec4f(sum(s0), sum(s1), sum(s2), sum(s3));
${indent(4, shrunk)}
    let by_key = transpose(mat4x4f(s0, s1, s2, s3));
${indent(4, stored)}

    for (var slice = 0u; slice < ${KEYS / SLICE}u; slice++) {
      workgroupBarrier();
${indent(6, values)}
      workgroupBarrier();
${indent(6, weightPlaces)}
${indent(
  6,
  count(SLICE).map((k) => valueStep(k, colQuads)),
)}
    }
  }

  workgroupBarrier();
  slices[tx][ty] = total;
  workgroupBarrier();
  let scale = 1.0 / (${totals.join(' + ')});
  let row = query + ty * 4u;
${indent(2, written)}
}
`;
}

/**
 * Stages 16 columns of the queries as [column][quad], and behind them of the keys as [column / 2][column % 2]
 * [quad]; rotated by 2·(column / 4) quads, so that neighbouring threads store to different banks.
 */
function stageCode(): string {
  const rows = count(4);
  const columns = (read: string) =>
    `transpose(mat4x4f(${rows.map((i) => `${read}(row + ${i}u, at)`).join(', ')}))`;
  const queries = rows.map((i) => `slices[k * 4u + ${i}u][quad] = columns[${i}];`);
  const keys = rows.map((i) => `slices[16u + k * 2u + ${i >> 1}u][${8 * (i % 2)}u + quad] = columns[${i}];`);
  return `fn stage(thread: u32, query: u32, key: u32, col: u32) {
  let block = thread % 64u;
  let k = block % 4u;
  let at = col + k * 4u;
  if (thread < 64u) {
    let row = query + block / 4u * 4u;
    let quad = (block / 4u + 2u * k) % 16u;
    let columns = ${columns('read_queries')};
${indent(4, queries)}
  } else if (thread < 96u) {
    let row = key + block / 4u * 4u;
    let quad = (block / 4u + 2u * k) % 8u;
    let columns = ${columns('read_keys')};
${indent(4, keys)}
  }
}
`;
}

/** Scores += a column of the queries · that column of the keys. */
function scoreStep(k: number): string {
  const rotation = k >> 2;
  const loads = [
    `let q = slices[${k}][query_at${rotation}];`,
    `let k = slices[${16 + (k >> 1)}][${8 * (k % 2)}u + key_at${rotation}];`,
  ];
  const products = count(4).map((r) => `s${r} = fma(vec4f(q.${LANES[r]}), k, s${r});`);
  return `{\n${indent(2, [loads.join(' '), ...products])}\n}`;
}

/** Where a slice of the values holds quad tx + 8c of a key. */
const valuePlace = (key: string, c: number) => `slices[${key} * 2u + ${c >> 1}u][${8 * (c % 2)}u + tx]`;

/** Results += the weights of a key · its values. */
function valueStep(k: number, colQuads: number): string {
  const columns = count(colQuads);
  const loads = [
    `let w = weights[slice][${k}][weight_at${k >> 2}];`,
    ...columns.map((c) => `let v${c} = ${valuePlace(`${k}u`, c)};`),
  ];
  const products = count(4).map((r) =>
    columns.map((c) => `y${r}_${c} = fma(vec4f(w.${LANES[r]}), v${c}, y${r}_${c});`).join(' '),
  );
  return `{\n${indent(2, [loads.join(' '), ...products])}\n}`;
}
