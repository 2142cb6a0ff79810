import type { HostTensor, Verification } from '../contract';

/** Values and allowed errors at some elements of one output. */
export interface Expected {
  readonly output: string;
  /** Flat indices; all elements when left out. */
  readonly elements?: Uint32Array;
  readonly values: ArrayLike<number>;
  readonly bounds: ArrayLike<number>;
}

/**
 * Elementwise comparison. What is not finite must be exactly that on both sides: a NaN for a NaN, an infinity for
 * the same infinity. An element without a bound fails.
 */
export function compareOutputs(
  method: string,
  expected: readonly Expected[],
  outputs: readonly HostTensor[],
): Verification {
  let worst = { error: 0, bound: 0, ratio: -1 };
  let compared = 0;
  let finite = true;
  for (const { output, elements, values, bounds } of expected) {
    const tensor = outputs.find((t) => t.name === output);
    if (
      !tensor ||
      (elements ? tensor.data.length <= (elements.at(-1) ?? 0) : tensor.data.length !== values.length)
    ) {
      return failed(`${method}: output "${output}" is missing or has another size`);
    }
    for (let i = 0; i < values.length; i++) {
      const actual = Number(tensor.data[elements ? elements[i]! : i]);
      const error = same(actual, values[i]!) ? 0 : Math.abs(actual - values[i]!);
      compared++;
      const ratio = error === 0 ? 0 : error / bounds[i]!;
      if (!Number.isFinite(error) || Number.isNaN(ratio)) finite = false;
      if (ratio > worst.ratio) worst = { error, bound: bounds[i]!, ratio };
    }
  }
  if (!finite) return { ...failed(method), compared };
  return {
    method,
    maxError: worst.error,
    bound: worst.bound,
    ratio: Math.max(0, worst.ratio),
    compared,
    passed: compared > 0 && worst.ratio <= 1,
  };
}

/** -0 is 0. */
const same = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));

function failed(method: string): Verification {
  return { method, maxError: null, bound: null, ratio: null, compared: 0, passed: false };
}
