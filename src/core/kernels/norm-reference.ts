import type { Expectation } from './kernel';
import { EPSILON, type Norm } from './norm';
import { memoLast, storageError, UNIT_ROUNDOFF } from './reference';
import type { RowsProblem } from './row';

/** Mean and 1/√(variance + epsilon) of a row, and the errors allowed to a computation in f32. */
function statistics(row: Float64Array, rowError: number, centred: boolean) {
  const n = row.length;
  const u = 4 * UNIT_ROUNDOFF.f32 * Math.sqrt(n);
  let sum = 0;
  let magnitude = 0;
  for (const v of row) {
    sum += v;
    magnitude += Math.abs(v);
  }
  const mean = centred ? sum / n : 0;
  let squares = 0;
  for (const v of row) squares += (v - mean) ** 2;
  const scale = 1 / Math.sqrt(squares / n + EPSILON);
  const meanError = centred ? (u * magnitude) / n + rowError : 0;
  // d(variance)/variance: its own summation, values that are off, and the square of the mean's error.
  const varianceError = u + 2 * rowError * scale + ((meanError + rowError) * scale) ** 2;
  return { mean, scale, meanError, scaleError: varianceError / 2 + 4 * UNIT_ROUNDOFF.f32 };
}

/**
 * A norm in float64, with first-order bounds for f32 arithmetic with a two-pass variance.
 * @param rowAt values of a row.
 * @param errorOf largest error that the values of a row carry already (of being stored).
 */
export function normalizedRows(
  { centred }: Pick<Norm, 'centred'>,
  { cols, dtype }: RowsProblem,
  { gamma, beta }: Readonly<Record<string, Float32Array>>,
  elements: Uint32Array,
  rowAt: (row: number) => Float64Array,
  errorOf: (row: Float64Array) => number,
): Expectation {
  const rowOf = memoLast((index: number) => {
    const values = rowAt(index);
    const rowError = errorOf(values);
    return { values, rowError, ...statistics(values, rowError, centred) };
  });
  const values = new Float64Array(elements.length);
  const bounds = new Float64Array(elements.length);
  const u = UNIT_ROUNDOFF.f32;
  for (const [k, element] of elements.entries()) {
    const row = rowOf(Math.floor(element / cols));
    const col = element % cols;
    const g = gamma![col]!;
    const b = beta?.[col] ?? 0;
    const deviation = row.values[col]! - row.mean;
    const scaled = deviation * row.scale * g;
    values[k] = scaled + b;
    bounds[k] =
      Math.abs(row.scale * g) * (row.meanError + row.rowError) +
      Math.abs(scaled) * (row.scaleError + 4 * u) +
      2 * u * Math.abs(b) +
      storageError(dtype, values[k]!);
  }
  return { values, bounds };
}
