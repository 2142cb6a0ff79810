import { elementCount } from '../contract';

/** About a second of float64 JavaScript. */
const FLOP_BUDGET = 3e8;
const MAX_ELEMENTS = 1 << 20;

/**
 * Flat indices of the elements to verify: all of them when that is cheap, else whole rows and whole columns,
 * evenly spread and always with the first and the last: errors of tiling show at edges and repeat along them.
 * In ascending order, so that a reference can keep what elements of a row share.
 */
export function sampleElements(dims: readonly number[], flopsPerElement: number): Uint32Array {
  const cols = dims.at(-1) ?? 1;
  const rows = elementCount(dims.slice(0, -1));
  const affordable = Math.min(MAX_ELEMENTS, FLOP_BUDGET / Math.max(1, flopsPerElement));
  if (rows * cols <= affordable) return Uint32Array.from({ length: rows * cols }, (_, i) => i);
  const lines = Math.max(2, Math.floor(affordable / (rows + cols)));
  const someRows = new Set(spread(rows, lines));
  const someCols = spread(cols, lines);
  const picked: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (someRows.has(row)) for (let col = 0; col < cols; col++) picked.push(row * cols + col);
    else for (const col of someCols) picked.push(row * cols + col);
  }
  return Uint32Array.from(picked);
}

/** `count` of 0…n-1, evenly spread, ascending, both ends among them. */
function spread(n: number, count: number): number[] {
  if (count >= n) return Array.from({ length: n }, (_, i) => i);
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((i * (n - 1)) / (count - 1))))];
}
