import grid from '../../../shaders/common/grid.wgsl?raw';
import reduce from '../../../shaders/common/reduce.wgsl?raw';
import normalize from '../../../shaders/layernorm/normalize.wgsl?raw';
import source from '../../../shaders/layernorm/source.wgsl?raw';
import type { Program, Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Expectation, Kernel, TensorSpec } from './kernel';
import { memoLast, storageError, UNIT_ROUNDOFF } from './reference';
import { planRow, type RowsProblem, rowsProblem } from './row';
import { tensorBuffers, tensorBytes } from './tensors';
import { wgsl } from './wgsl';

/** Added to the variance; the default of ONNX and of the models that use LayerNorm. */
export const EPSILON = 1e-5;

const tensors = ({ rows, cols, dtype }: RowsProblem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: [rows, cols] },
  { name: 'gamma', role: 'weight', dtype, dims: [cols] },
  { name: 'beta', role: 'weight', dtype, dims: [cols] },
  { name: 'y', role: 'output', dtype, dims: [rows, cols] },
];

/**
 * The stage that normalises rows of whatever the WGSL in `rowSource` loads.
 * @param bindings in the order of `rowSource`.
 */
export function normalizeStage(
  { rows, cols, dtype }: RowsProblem,
  limits: DeviceLimits,
  rowSource: string,
  bindings: Stage['bindings'],
): Stage {
  const { packs, threads, code } = planRow(cols, limits);
  return {
    label: 'layernorm',
    code: wgsl(dtype, grid, reduce, code, rowSource, normalize),
    constants: { rows, cols, packs, threads, epsilon: EPSILON },
    bindings,
    workgroups: foldGrid(rows, limits),
  };
}

/** x[rows, cols] → y over the last axis; weights gamma and beta [cols]. */
export function layernormProgram(problem: RowsProblem, limits: DeviceLimits): Program {
  const bindings: Stage['bindings'] = [
    { buffer: 'x', access: 'read' },
    { buffer: 'gamma', access: 'read' },
    { buffer: 'beta', access: 'read' },
    { buffer: 'y', access: 'write' },
  ];
  return {
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [normalizeStage(problem, limits, source, bindings)],
  };
}

/** Mean and 1/√(variance + epsilon) of a row, and the errors allowed to a computation in f32. */
function statistics(row: Float64Array, rowError: number) {
  const n = row.length;
  const u = 4 * UNIT_ROUNDOFF.f32 * Math.sqrt(n);
  let sum = 0;
  let magnitude = 0;
  for (const v of row) {
    sum += v;
    magnitude += Math.abs(v);
  }
  const mean = sum / n;
  let squares = 0;
  for (const v of row) squares += (v - mean) ** 2;
  const scale = 1 / Math.sqrt(squares / n + EPSILON);
  const meanError = (u * magnitude) / n + rowError;
  // d(variance)/variance: its own summation, values that are off, and the square of the mean's error.
  const varianceError = u + 2 * rowError * scale + ((meanError + rowError) * scale) ** 2;
  return { mean, scale, meanError, scaleError: varianceError / 2 + 4 * UNIT_ROUNDOFF.f32 };
}

/**
 * LayerNorm in float64, with first-order bounds for f32 arithmetic with a two-pass variance.
 * @param rowAt values of a row.
 * @param errorOf largest error that the values of a row carry already (of being stored).
 */
export function normalizedRows(
  { cols, dtype }: RowsProblem,
  { gamma, beta }: Readonly<Record<string, Float32Array>>,
  elements: Uint32Array,
  rowAt: (row: number) => Float64Array,
  errorOf: (row: Float64Array) => number,
): Expectation {
  const rowOf = memoLast((index: number) => {
    const values = rowAt(index);
    const rowError = errorOf(values);
    return { values, rowError, ...statistics(values, rowError) };
  });
  const values = new Float64Array(elements.length);
  const bounds = new Float64Array(elements.length);
  const u = UNIT_ROUNDOFF.f32;
  for (const [k, element] of elements.entries()) {
    const row = rowOf(Math.floor(element / cols));
    const col = element % cols;
    const g = gamma![col]!;
    const b = beta![col]!;
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

export const layernorm: Kernel = {
  id: 'layernorm',
  title: 'LayerNorm',
  dims: ['rows', 'cols'],
  invalid: () => null,
  tensors: (problem) => tensors(rowsProblem(problem)),
  // An element: sum; deviation, square, sum; deviation, scale, gamma, beta.
  flops: ({ shape }) => 8 * shape[0]! * shape[1]!,
  bytes: (problem) => tensorBytes(tensors(rowsProblem(problem))),
  reference(problem, inputs, _output, elements) {
    const { cols } = rowsProblem(problem);
    const rowAt = (row: number) => Float64Array.from(inputs.x!.subarray(row * cols, (row + 1) * cols));
    return normalizedRows(rowsProblem(problem), inputs, elements, rowAt, () => 0);
  },
  graph: ({ shape, dtype }, weights) => ({
    name: 'layernorm',
    inputs: [{ name: 'x', dtype, dims: shape }],
    outputs: [{ name: 'y', dtype, dims: shape }],
    weights,
    nodes: [
      {
        op: 'LayerNormalization',
        inputs: ['x', 'gamma', 'beta'],
        outputs: ['y'],
        attributes: [
          { name: 'axis', int: -1 },
          { name: 'epsilon', float: EPSILON },
        ],
      },
    ],
  }),
  variants: [
    {
      id: 'two-pass',
      title: 'one workgroup a row, the row in registers, exact variance',
      kind: 'optimised',
      program: (problem, limits) => layernormProgram(rowsProblem(problem), limits),
    },
  ],
  // One element, odd, one over a multiple of four, vec4, several packs a lane, more than registers hold.
  conformanceShapes: [
    [1, 1],
    [7, 333],
    [3, 129],
    [5, 64],
    [2, 4096],
    [3, 4099],
    [2, 16388],
  ],
};
