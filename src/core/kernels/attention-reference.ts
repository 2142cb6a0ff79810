import type { AttentionProblem } from './attention-programs';
import type { Expectation } from './kernel';
import { dot, memoLast, productBound, storageError, UNIT_ROUNDOFF } from './reference';

const U = UNIT_ROUNDOFF.f32;

/**
 * Attention in float64 with first-order bounds. A score that is off by ε makes its weight off by the factor
 * e^ε ≈ 1 + ε, and the weights' sum by their mean ε; storing scores and weights (f16) is allowed for.
 */
export function attentionReference(
  problem: AttentionProblem,
  qkv: Float32Array,
  elements: Uint32Array,
): Expectation {
  const { heads, sequence, dim, dtype } = problem;
  const width = heads * dim;
  // A row of y in one head: element / dim counts exactly these.
  const weightsOf = memoLast((index: number) => softmaxRow(problem, qkv, index));
  const values = new Float64Array(elements.length);
  const bounds = new Float64Array(elements.length);
  for (const [i, element] of elements.entries()) {
    const index = Math.floor(element / dim);
    const { weights, errors } = weightsOf(index);
    const column = 2 * width + (index % heads) * dim + (element % dim);
    const first = Math.floor(index / heads / sequence) * sequence;
    let value = 0;
    let magnitude = 0;
    let carried = 0;
    for (let key = 0; key < sequence; key++) {
      const v = qkv[(first + key) * 3 * width + column]!;
      value += weights[key]! * v;
      magnitude += weights[key]! * Math.abs(v);
      carried += errors[key]! * Math.abs(v);
    }
    values[i] = value;
    bounds[i] = carried + productBound(dtype, sequence, magnitude, value);
  }
  return { values, bounds };
}

/** Weights of a token's keys in one head, and the error allowed to each. */
function softmaxRow({ heads, sequence, dim, dtype }: AttentionProblem, qkv: Float32Array, index: number) {
  const stride = 3 * heads * dim;
  const token = Math.floor(index / heads);
  const first = Math.floor(token / sequence) * sequence;
  const column = (index % heads) * dim;
  const query = { data: qkv, offset: token * stride + column, stride: 1 };
  const scale = 1 / Math.sqrt(dim);
  const scores = Float64Array.from({ length: sequence });
  const relative = Float64Array.from({ length: sequence });
  for (let key = 0; key < sequence; key++) {
    const offset = (first + key) * stride + heads * dim + column;
    const { value, magnitude } = dot(query, { data: qkv, offset, stride: 1 }, dim);
    const score = value * scale;
    scores[key] = score;
    relative[key] = productBound(dtype, dim, magnitude * scale, score);
  }
  const peak = scores.reduce((most, s) => Math.max(most, s), -Infinity);
  const weights = scores.map((s) => Math.exp(s - peak));
  const total = weights.reduce((sum, w) => sum + w, 0);
  let mean = 0;
  for (let key = 0; key < sequence; key++) {
    // exp is good to 3 + 2·|x| ulp (WGSL, accuracy of built-in functions); scaling and subtracting round.
    const distance = peak - scores[key]!;
    relative[key]! +=
      U * (2 * (3 + 2 * distance) + distance + 2 * Math.abs(scores[key]!) + 2 * Math.abs(peak));
    weights[key]! /= total;
    mean += relative[key]! * weights[key]!;
  }
  const sumError = mean + 4 * U * Math.sqrt(sequence);
  const errors = weights.map((w, key) => w * (relative[key]! + sumError) + storageError(dtype, w));
  return { weights, errors };
}
