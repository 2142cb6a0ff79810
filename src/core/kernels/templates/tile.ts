/**
 * Sizes of the register tile (tileCode.ts): how much of C = A·B a workgroup and a thread compute, and which
 * tile suits a shape and a device.
 */
import type { DeviceLimits } from '../kernel';

export interface Tile {
  /** Rows and columns of C that a workgroup computes. */
  readonly size: 32 | 64 | 128;
  /** 4×4 blocks ("quads") of a thread, down and across; they lie size / rowQuads (size / colQuads) apart. */
  readonly rowQuads: 1 | 2;
  readonly colQuads: 1 | 2;
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

/**
 * Threads of a workgroup, and the values of k that one step stages: each thread moves one 4×4 block of A or
 * of B, which are equally large.
 */
export function tileGeometry({ size, rowQuads, colQuads }: Tile) {
  const quads = rowQuads * colQuads;
  const step = size / (2 * quads);
  return { threads: size ** 2 / (16 * quads), step, workgroupBytes: 2 * size * step * 4 };
}

/** Columns that a workgroup computes; of each product for `pair`. */
export function tileColumns(tile: Tile, layout: BLayout): number {
  return layout === 'pair' ? tile.size / 2 : tile.size;
}

/** Workgroups that the product takes. */
export function tileCount(tile: Tile, { m, n, batches, layout }: Product): number {
  return Math.ceil(m / tile.size) * Math.ceil(n / tileColumns(tile, layout)) * batches;
}

/** Whether no tile and no step reaches over an edge, so that loads and stores need no checks. */
export function isWhole(tile: Tile, { m, k, n, layout }: Product): boolean {
  const parts = [m / tile.size, k / tileGeometry(tile).step, n / tileColumns(tile, layout)];
  return parts.every(Number.isInteger);
}

const TILES: readonly Tile[] = [
  { size: 128, rowQuads: 2, colQuads: 2 },
  { size: 64, rowQuads: 2, colQuads: 1 },
  { size: 32, rowQuads: 1, colQuads: 1 },
];

/** A thread's two column quads are the same columns of the two products. */
const PAIR_TILES: readonly Tile[] = [
  { size: 128, rowQuads: 2, colQuads: 2 },
  { size: 64, rowQuads: 1, colQuads: 2 },
];

/** About the multiprocessors of a large GPU (132 on an H200): with fewer workgroups some stay idle. */
const ENOUGH_WORKGROUPS = 128;

/** The largest tile that the device allows and that still occupies a large GPU; else the smallest. */
export function chooseTile(product: Product, limits: DeviceLimits): Tile {
  const tiles = (product.layout === 'pair' ? PAIR_TILES : TILES).filter((tile) => {
    const { threads, workgroupBytes } = tileGeometry(tile);
    return (
      threads <= limits.maxComputeInvocationsPerWorkgroup &&
      threads <= limits.maxComputeWorkgroupSizeX &&
      workgroupBytes <= limits.maxComputeWorkgroupStorageSize
    );
  });
  return tiles.find((tile) => tileCount(tile, product) >= ENOUGH_WORKGROUPS) ?? tiles.at(-1)!;
}
