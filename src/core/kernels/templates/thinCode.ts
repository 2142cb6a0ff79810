/**
 * WGSL of products with few rows, where time goes into reading B once. A thread keeps one quad of columns of
 * up to eight rows in registers and walks over a share of k; the threads of a workgroup that have the same
 * columns then add up through workgroup memory, in a fixed order.
 */
import grid from '../../../../shaders/common/grid.wgsl?raw';
import { count, indent, LANES } from './text';
import type { Product } from './tile';

/** How a thin product is dealt out. */
export interface Thin {
  /** Rows of C that a thread computes. */
  readonly rows: number;
  /** Quads of columns side by side in a workgroup; its other threads share k. */
  readonly quads: 8 | 16 | 32;
}

/** Threads of a workgroup. */
export const THIN_THREADS = 256;
/** Quads of k that a thread reads at once: twice four rows of B are in flight. */
const AT_ONCE = 2;
/** Rows that are added up at a time: they take 8 KB of workgroup memory, 16 for a pair. */
const ROWS_AT_ONCE = 2;

/** Values of k that the threads of a workgroup take at once. */
export const thinStep = ({ quads }: Thin): number => (THIN_THREADS / quads) * 4 * AT_ONCE;

/** Workgroups that the product takes. */
export function thinCount({ rows, quads }: Thin, { m, n, batches }: Product): number {
  return Math.ceil(m / rows) * Math.ceil(n / (4 * quads)) * batches;
}

/** As `isWhole` of a tile. */
export function isThinWhole(thin: Thin, { m, k, n }: Product): boolean {
  return [m / thin.rows, k / thinStep(thin), n / (4 * thin.quads)].every(Number.isInteger);
}

/**
 * The same contract as `tileCode`, over `thinCount` · SPLITS workgroups; SPAN is a multiple of `thinStep`.
 * B lies as `kn` or, where `pair` says so, as `pair`.
 */
export function thinCode(thin: Thin, pair: boolean): string {
  const { rows, quads } = thin;
  const products = pair ? ['c', 'd'] : ['c'];
  const groups = THIN_THREADS / quads;
  const ahead = count(AT_ONCE);
  const columns = 4 * quads;
  const loads = ahead.flatMap((u) => [
    ...products.map((c) =>
      count(4)
        .map(
          (i) => `let ${c}w${u}_${i} = ${c === 'c' ? 'load_b' : 'load_b2'}(k + ${u * groups * 4 + i}u, col);`,
        )
        .join(' '),
    ),
    count(rows)
      .map((r) => `let x${u}_${r} = prepare_a(load_a(row + ${r}u, k + ${u * groups * 4}u), about${r});`)
      .join(' '),
  ]);
  const fmas = ahead.flatMap((u) =>
    products.flatMap((c) =>
      count(rows).map((r) =>
        count(4)
          .map((i) => `${c}${r} = fma(vec4f(x${u}_${r}.${LANES[i]}), ${c}w${u}_${i}, ${c}${r});`)
          .join(' '),
      ),
    ),
  );
  const rounds = count(Math.ceil(rows / ROWS_AT_ONCE)).map((round) => {
    const held = count(Math.min(ROWS_AT_ONCE, rows - round * ROWS_AT_ONCE));
    const put = products.flatMap((c, p) =>
      held.map((i) => `partial[${p}][${i}][thread] = ${c}${round * ROWS_AT_ONCE + i};`),
    );
    const total = products.map((_, p) => `total(${p}u, thread / ${quads}u, thread % ${quads}u)`).join(', ');
    return `workgroupBarrier();
${put.join('\n')}
workgroupBarrier();
if (thread < ${held.length * quads}u) {
  store(row + ${round * ROWS_AT_ONCE}u + thread / ${quads}u, corner.y + thread % ${quads}u * 4u, ${total});
}`;
  });
  return `${grid}
override M: u32;
override K: u32;
override N: u32;
override BATCHES: u32;
override SPLITS: u32;
override SPAN: u32;

var<workgroup> partial: array<array<array<vec4f, ${THIN_THREADS}>, ${Math.min(rows, ROWS_AT_ONCE)}>, ${products.length}>;
var<private> batch: u32;
var<private> split: u32;

fn total(product: u32, row: u32, quad: u32) -> vec4f {
  var sum = vec4f();
  for (var group = 0u; group < ${groups}u; group++) { sum += partial[product][row][group * ${quads}u + quad]; }
  return sum;
}

@compute @workgroup_size(${THIN_THREADS})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let blocks = vec2u((M + ${rows - 1}u) / ${rows}u, (N + ${columns - 1}u) / ${columns}u);
  let number = flat_workgroup(workgroup, grid);
  if (number >= BATCHES * SPLITS * blocks.x * blocks.y) { return; }
  batch = number / (blocks.x * blocks.y) / SPLITS;
  let block = number % (blocks.x * blocks.y);
  let corner = vec2u(block % blocks.x * ${rows}u, block / blocks.x * ${columns}u);
  let row = corner.x;
  let col = corner.y + thread % ${quads}u * 4u;
  let share = number / (blocks.x * blocks.y) % SPLITS; // of k
  split = share;
  let first = share * SPAN;
  let end = min(K, first + SPAN);
${indent(
  2,
  count(rows).map((r) => `let about${r} = about_row(row + ${r}u);`),
)}

${indent(
  2,
  products.map((c) =>
    count(rows)
      .map((r) => `var ${c}${r} = vec4f();`)
      .join(' '),
  ),
)}
  for (var k = first + thread / ${quads}u * 4u; k < end; k += ${groups * 4 * AT_ONCE}u) {
${indent(4, [...loads, ...fmas])}
  }

${indent(2, rounds)}
}
`;
}
