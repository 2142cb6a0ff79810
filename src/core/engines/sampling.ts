import { elementCount } from '../contract';

/** A tenth of a second of float64 JavaScript on contiguous data, about a second where it strides. */
const FLOP_BUDGET = 5e7;
const MAX_ELEMENTS = 1 << 18;

/** What the reference of an output costs. */
export interface ReferenceCost {
  readonly flopsPerElement: number;
  /** Spent once for every row of which any element is asked: what the elements of a row share. */
  readonly flopsPerRow: number;
}

/**
 * Flat indices of the elements to verify: all of them when that is cheap, else whole rows and whole columns,
 * evenly spread and always with the first and the last: errors of tiling show at edges and repeat along them.
 * Where every row is dear by itself, columns are looked at in some rows only.
 * In ascending order, so that a reference can keep what elements of a row share.
 */
export function sampleElements(
  dims: readonly number[],
  { flopsPerElement, flopsPerRow }: ReferenceCost,
): Uint32Array {
  const cols = dims.at(-1) ?? 1;
  const rows = elementCount(dims.slice(0, -1));
  const affordable = Math.min(MAX_ELEMENTS, FLOP_BUDGET / Math.max(1, flopsPerElement));
  const affordableRows = Math.max(2, Math.min(rows, Math.floor(FLOP_BUDGET / Math.max(1, flopsPerRow))));
  if (rows * cols <= affordable && rows <= affordableRows) {
    return Uint32Array.from({ length: rows * cols }, (_, i) => i);
  }
  const lines = Math.max(2, Math.floor(affordable / (rows + cols)));
  const wholeRows = new Set(spread(rows, Math.min(lines, affordableRows)));
  const someRows = affordableRows < rows ? new Set(spread(rows, affordableRows)) : null;
  const someCols = spread(cols, lines);
  const picked: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (wholeRows.has(row)) for (let col = 0; col < cols; col++) picked.push(row * cols + col);
    else if (someRows === null || someRows.has(row))
      for (const col of someCols) picked.push(row * cols + col);
  }
  return Uint32Array.from(picked);
}

/** `count` of 0…n-1, evenly spread, ascending, both ends among them. */
function spread(n: number, count: number): number[] {
  if (count >= n) return Array.from({ length: n }, (_, i) => i);
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((i * (n - 1)) / (count - 1))))];
}
