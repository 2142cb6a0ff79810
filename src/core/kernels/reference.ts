/**
 * Float64 references and the errors that are allowed against them.
 *
 * The bound of a product is the probabilistic one, c·u·√K·(|A||B|): rounding errors of K additions grow
 * like √K, not K, with overwhelming probability (Higham & Mary, "A new approach to probabilistic rounding
 * error analysis", SIAM J. Sci. Comput. 41(5), 2019).
 */
import type { FloatDtype } from './wgsl';

/** Unit roundoff: the largest relative error of rounding a real number to the type. */
export const UNIT_ROUNDOFF: Readonly<Record<FloatDtype, number>> = { f32: 2 ** -24, f16: 2 ** -11 };

/** Largest absolute error of rounding a number below the normal range to the type. */
const SUBNORMAL_ERROR: Readonly<Record<FloatDtype, number>> = { f32: 2 ** -150, f16: 2 ** -25 };

/** The constant c of the product bound: about 4 standard deviations for terms of one sign. */
const PRODUCT_CONSTANT = 4;

export interface Dot {
  /** Σ aₖbₖ */
  readonly value: number;
  /** Σ |aₖbₖ|: an element of |A||B| */
  readonly magnitude: number;
}

/** Numbers along one direction of an array: `data[offset + i·stride]`. */
export interface Strided {
  readonly data: Float32Array | Float64Array;
  readonly offset: number;
  readonly stride: number;
}

/** Scalar product of `length` terms in float64. */
export function dot(a: Strided, b: Strided, length: number): Dot {
  let value = 0;
  let magnitude = 0;
  for (let i = 0, ia = a.offset, ib = b.offset; i < length; i++, ia += a.stride, ib += b.stride) {
    const term = a.data[ia]! * b.data[ib]!;
    value += term;
    magnitude += Math.abs(term);
  }
  return { value, magnitude };
}

/** Largest error made by storing `value` as `dtype`. */
export function storageError(dtype: FloatDtype, value: number): number {
  return UNIT_ROUNDOFF[dtype] * Math.abs(value) + SUBNORMAL_ERROR[dtype];
}

/**
 * Allowed error of a sum of `terms` products accumulated in f32 and stored as `dtype`.
 * @param magnitude Σ |aₖbₖ|, plus the magnitude of anything that is added to the sum.
 */
export function productBound(dtype: FloatDtype, terms: number, magnitude: number, value: number): number {
  return PRODUCT_CONSTANT * UNIT_ROUNDOFF.f32 * Math.sqrt(terms) * magnitude + storageError(dtype, value);
}

/** Remembers the last result: references ask for many elements of one row in a row. */
export function memoLast<T>(compute: (index: number) => T): (index: number) => T {
  let last: { index: number; result: T } | undefined;
  return (index) => {
    if (last?.index !== index) last = { index, result: compute(index) };
    return last.result;
  };
}
