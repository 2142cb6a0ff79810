/** How a product is dealt out over workgroups: as tiles or as thin rows, and in how many shares of k. */
import type { DeviceLimits } from '../kernel';
import { isThinWhole, THIN_THREADS, type Thin, thinCode, thinCount, thinStep } from './thinCode';
import { isWhole, type Product, type Tile, tileColumns, tileCount, tileGeometry } from './tile';
import { tileCode } from './tileCode';

/** The thin form has no `nk`. */
export type ProductPlan = ({ readonly tile: Tile } | { readonly thin: Thin }) & {
  /** Shares of k that are summed apart and added up by a dispatch of their own. */
  readonly splits: number;
};

/** What the rest needs to know of a plan, whichever form it has. */
export interface Dealt {
  readonly code: string;
  /** Workgroups of a split. */
  readonly workgroups: number;
  /** Values of k in a split. */
  readonly span: number;
  /** Whether nothing reaches over an edge, so that loads and stores need no checks. */
  readonly whole: boolean;
}

export function dealOut(plan: ProductPlan, product: Product): Dealt {
  const { k, layout } = product;
  if ('tile' in plan) {
    return {
      code: tileCode(plan.tile, layout),
      workgroups: tileCount(plan.tile, product),
      span: spanOf(k, plan.splits, plan.tile.step),
      whole: isWhole(plan.tile, product),
    };
  }
  return {
    code: thinCode(plan.thin, layout === 'pair'),
    workgroups: thinCount(plan.thin, product),
    span: spanOf(k, plan.splits, thinStep(plan.thin)),
    whole: isThinWhole(plan.thin, product),
  };
}

/** An equal share of k, rounded up to whole steps. */
const spanOf = (k: number, splits: number, step: number) => Math.ceil(k / splits / step) * step;

/** At least two for each multiprocessor of a large GPU (132 on an H200): with fewer, some wait or stay idle. */
const ENOUGH_WORKGROUPS = 256;

/** A tile and the least values of k in a share: below, writing and adding up shares costs more than it saves. */
interface TileChoice {
  readonly tile: Tile;
  readonly leastSpan: number;
}

/** From the largest on. */
const TILES: readonly TileChoice[] = [
  { tile: { size: 128, rowQuads: 2, colQuads: 2, step: 16 }, leastSpan: 256 },
  { tile: { size: 64, rowQuads: 2, colQuads: 1, step: 16 }, leastSpan: 96 },
];

/** A thread's two column quads are the same columns of the two products. */
const PAIR_TILES: readonly TileChoice[] = [
  { tile: { size: 128, rowQuads: 2, colQuads: 2, step: 16 }, leastSpan: 256 },
  { tile: { size: 64, rowQuads: 1, colQuads: 2, step: 16 }, leastSpan: 192 },
];

const THIN_LEAST_SPAN = 1024;
/** Most rows of a thin product, in one or two blocks. */
const THIN_ROWS = 16;
const THIN_BLOCK = 8;

/** The largest share of a tile's work that may lie outside of C, if a smaller tile is there. */
const MOST_WASTE = 0.25;

/**
 * Few rows are thin. Else the largest tile that the device allows, that fits C and, with k split where that
 * pays, still occupies a large GPU.
 */
export function planProduct(product: Product, limits: DeviceLimits): ProductPlan {
  const { m, layout } = product;
  if (m <= THIN_ROWS && layout !== 'nk' && limits.maxComputeInvocationsPerWorkgroup >= THIN_THREADS) {
    const thin: Thin = { rows: Math.ceil(m / Math.ceil(m / THIN_BLOCK)), quads: 8 };
    return { thin, splits: splitsFor(product, thinCount(thin, product), THIN_LEAST_SPAN, thinStep(thin)) };
  }
  const choices = (layout === 'pair' ? PAIR_TILES : TILES).filter(({ tile }) => {
    const { threads, workgroupBytes } = tileGeometry(tile);
    return (
      threads <= limits.maxComputeInvocationsPerWorkgroup &&
      threads <= limits.maxComputeWorkgroupSizeX &&
      workgroupBytes <= limits.maxComputeWorkgroupStorageSize
    );
  });
  const plans = choices.map(({ tile, leastSpan }) => {
    const count = tileCount(tile, product);
    return { tile, count, splits: splitsFor(product, count, leastSpan, tile.step) };
  });
  const { tile, splits } =
    plans.find((p) => p.count * p.splits >= ENOUGH_WORKGROUPS && waste(p.tile, product) <= MOST_WASTE) ??
    plans.at(-1)!;
  return { tile, splits };
}

function waste(tile: Tile, product: Product): number {
  const { m, n, batches, layout } = product;
  const computed = tileCount(tile, product) * tile.size * tileColumns(tile, layout);
  return 1 - (m * n * batches) / computed;
}

/** As many shares as it takes for enough workgroups, none shorter than `least`, none empty. */
function splitsFor({ k }: Product, workgroups: number, least: number, step: number): number {
  const wanted = Math.min(Math.ceil(ENOUGH_WORKGROUPS / workgroups), Math.floor(k / least));
  return wanted <= 1 ? 1 : Math.ceil(k / spanOf(k, wanted, step));
}
