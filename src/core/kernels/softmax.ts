import grid from '../../../shaders/common/grid.wgsl?raw';
import softmaxCode from '../../../shaders/softmax/softmax.wgsl?raw';
import type { Program } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { memoLast, storageError, UNIT_ROUNDOFF } from './reference';
import { planRows, rowsProblem } from './row';
import { tensorBuffers, tensorBytes } from './tensors';
import { wgsl } from './wgsl';

const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: shape },
  { name: 'y', role: 'output', dtype, dims: shape },
];

function softmaxProgram(problem: Problem, limits: DeviceLimits): Program {
  const { rows, cols, dtype } = rowsProblem(problem);
  const { packs, threads, rows: together, code } = planRows(cols, dtype, limits);
  return {
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [
      {
        label: 'softmax',
        code: wgsl(dtype, grid, code, softmaxCode),
        constants: { rows, packs, threads },
        bindings: [
          { buffer: 'x', access: 'read' },
          { buffer: 'y', access: 'write' },
        ],
        workgroups: foldGrid(Math.ceil(rows / together), limits),
      },
    ],
  };
}

const U = UNIT_ROUNDOFF.f32;

/** Smallest normal f32: WGSL allows anything smaller to become zero. */
const FLUSHED = 2 ** -126;

/**
 * Relative error of exp(−distance) in f32: 3 + 2·|x| ulp (WGSL, accuracy of built-in functions), and the
 * rounding of the distance itself.
 */
const expError = (distance: number) => U * (2 * (3 + 2 * distance) + distance);

/** Peak and Σ exp(x − peak) of a row, with the relative error allowed to the sum. */
function rowSum(row: Float32Array) {
  const peak = row.reduce((most, v) => Math.max(most, v), -Infinity);
  let sum = 0;
  let error = 0;
  for (const v of row) {
    if (v === -Infinity) continue;
    const e = Math.exp(v - peak);
    sum += e;
    error += e * expError(peak - v);
  }
  return { peak, sum, error: error / sum + 4 * U * Math.sqrt(row.length) };
}

export const softmax: Kernel = {
  id: 'softmax',
  title: 'Softmax',
  dims: ['rows', 'cols'],
  invalid: () => null,
  tensors,
  // An element: maximum, difference, exponential, sum, scale.
  flops: ({ shape }) => 5 * shape[0]! * shape[1]!,
  bytes: (problem) => tensorBytes(tensors(problem)),
  /** A row of −∞ alone has no softmax; zeros are expected, as attention wants of a fully masked query. */
  reference(problem, inputs, _output, elements) {
    const { cols, dtype } = rowsProblem(problem);
    const x = inputs.x!;
    const rowOf = memoLast((row: number) => rowSum(x.subarray(row * cols, (row + 1) * cols)));
    const values = new Float64Array(elements.length);
    const bounds = new Float64Array(elements.length);
    for (const [k, element] of elements.entries()) {
      const { peak, sum, error } = rowOf(Math.floor(element / cols));
      const v = x[element]!;
      const y = v === -Infinity ? 0 : Math.exp(v - peak) / sum;
      values[k] = y;
      const relative = y === 0 ? 0 : expError(peak - v) + error + 8 * U;
      bounds[k] = y * relative + FLUSHED + storageError(dtype, y);
    }
    return { values, bounds };
  },
  graph: ({ shape, dtype }) => ({
    name: 'softmax',
    inputs: [{ name: 'x', dtype, dims: shape }],
    outputs: [{ name: 'y', dtype, dims: shape }],
    weights: [],
    nodes: [{ op: 'Softmax', inputs: ['x'], outputs: ['y'], attributes: [{ name: 'axis', int: -1 }] }],
  }),
  variants: [
    {
      id: 'row',
      title: 'rows in registers, one or several a workgroup',
      kind: 'optimised',
      program: softmaxProgram,
    },
  ],
  conformanceShapes: [
    [1, 1],
    [7, 333],
    [5, 64],
    [65, 40],
    [9, 13],
    [3, 1028],
    [2, 4099],
    [2, 20484],
  ],
};
