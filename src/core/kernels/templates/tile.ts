/**
 * Sizes of the register tile (tileCode.ts): how much of C = A·B a workgroup and a thread compute. Which tile
 * suits a shape and a device is chosen in plan.ts.
 */

export interface Tile {
  /** Rows and columns of C that a workgroup computes. */
  readonly size: 32 | 64 | 128;
  /** 4×4 blocks ("quads") of a thread, down and across; they lie size / rowQuads (size / colQuads) apart. */
  readonly rowQuads: 1 | 2;
  readonly colQuads: 1 | 2;
  /** Values of k that are staged in workgroup memory at a time. */
  readonly step: 8 | 16 | 32;
}

/**
 * How B lies in memory: `kn` as in A·B; `nk` as in A·Bᵀ; `pair`: two matrices as in A·B that share A, each
 * with half of the tile's columns.
 */
export type BLayout = 'kn' | 'nk' | 'pair';

/** The product C[m,n] = A[m,k]·B[k,n], `batches` times; for `pair`, n is the width of each of the two. */
export interface Product {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly batches: number;
  readonly layout: BLayout;
}

/** Threads of a workgroup, the memory they share, and how many quads of A (and of B) each stages in a step. */
export function tileGeometry({ size, rowQuads, colQuads, step }: Tile) {
  const threads = size ** 2 / (16 * rowQuads * colQuads);
  return { threads, moves: (size * step) / 4 / threads, workgroupBytes: 2 * size * step * 4 };
}

/** Columns that a workgroup computes; of each product for `pair`. */
export function tileColumns(tile: Tile, layout: BLayout): number {
  return layout === 'pair' ? tile.size / 2 : tile.size;
}

/** Tiles that cover the product. */
export function tileCount(tile: Tile, { m, n, batches, layout }: Product): number {
  return Math.ceil(m / tile.size) * Math.ceil(n / tileColumns(tile, layout)) * batches;
}

/** Whether no tile and no step reaches over an edge, so that loads and stores need no checks. */
export function isWhole(tile: Tile, { m, k, n, layout }: Product): boolean {
  const parts = [m / tile.size, k / tile.step, n / tileColumns(tile, layout)];
  return parts.every(Number.isInteger);
}
