import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { sumCols, sumRows } from './reduction';
import { productBound } from './reference';
import { tensorBuffers, tensorBytes } from './tensors';
import { floatDtype } from './wgsl';

/** A sum over some axes of x, as an operator. */
interface Reduction {
  readonly id: string;
  readonly title: string;
  readonly dims: readonly string[];
  /** Axis that is summed over. */
  readonly axis: number;
  readonly variantTitle: string;
  /** Dimensions of y. */
  result(shape: readonly number[]): readonly number[];
  readonly sum: typeof sumRows;
  readonly conformanceShapes: readonly (readonly number[])[];
}

/** x as rows and columns: a full sum has one row. */
function matrixOf({ shape, dtype }: Problem) {
  const [rows, cols] = shape.length === 1 ? [1, shape[0]!] : [shape[0]!, shape[1]!];
  return { rows, cols, dtype: floatDtype(dtype) };
}

function kernelOf(reduction: Reduction): Kernel {
  const { id, title, dims, axis, result } = reduction;
  const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
    { name: 'x', role: 'input', dtype, dims: shape },
    { name: 'y', role: 'output', dtype, dims: result(shape) },
  ];
  return {
    id,
    title,
    dims,
    invalid: () => null,
    tensors,
    flops: ({ shape }) => shape.reduce((product, size) => product * size, 1),
    bytes: (problem) => tensorBytes(tensors(problem)),
    reference(problem, inputs, _output, elements) {
      const { rows, cols, dtype } = matrixOf(problem);
      const overRows = problem.shape.length === 2 && axis === 0;
      const [terms, step] = overRows ? [rows, cols] : [cols, 1];
      const values = new Float64Array(elements.length);
      const bounds = new Float64Array(elements.length);
      for (const [k, element] of elements.entries()) {
        const first = overRows ? element : element * cols;
        let sum = 0;
        let magnitude = 0;
        for (let n = 0, i = first; n < terms; n++, i += step) {
          sum += inputs.x![i]!;
          magnitude += Math.abs(inputs.x![i]!);
        }
        values[k] = sum;
        bounds[k] = productBound(dtype, terms, magnitude, sum);
      }
      return { values, bounds };
    },
    graph: ({ shape, dtype }) => ({
      name: id,
      inputs: [{ name: 'x', dtype, dims: shape }],
      outputs: [{ name: 'y', dtype, dims: result(shape) }],
      weights: [{ name: 'axes', dtype: 'i64', dims: [1], data: new BigInt64Array([BigInt(axis)]) }],
      nodes: [
        {
          op: 'ReduceSum',
          inputs: ['x', 'axes'],
          outputs: ['y'],
          attributes: [{ name: 'keepdims', int: result(shape).length === shape.length ? 1 : 0 }],
        },
      ],
    }),
    variants: [
      {
        id: 'split',
        title: reduction.variantTitle,
        kind: 'optimised',
        program(problem: Problem, limits: DeviceLimits) {
          const { scratch, stages } = reduction.sum(matrixOf(problem), limits);
          return { buffers: [...tensorBuffers(tensors(problem)), ...scratch], setup: [], stages };
        },
      },
    ],
    conformanceShapes: reduction.conformanceShapes,
  };
}

export const reduceRows = kernelOf({
  id: 'reduce-rows',
  title: 'Sum of each row',
  dims: ['rows', 'cols'],
  axis: 1,
  variantTitle: 'a few lanes to a workgroup a row, long rows in parts',
  result: ([rows]) => [rows!],
  sum: sumRows,
  // One element, short rows that share a workgroup, odd, one workgroup a row, parts of a row, odd parts.
  conformanceShapes: [
    [1, 1],
    [300, 4],
    [37, 33],
    [5, 1028],
    [3, 4099],
    [2, 32_772],
    [2, 16_385],
  ],
});

export const reduceCols = kernelOf({
  id: 'reduce-cols',
  title: 'Sum of each column',
  dims: ['rows', 'cols'],
  axis: 0,
  variantTitle: 'neighbouring columns a workgroup, blocks of rows in parts',
  result: ([, cols]) => [cols!],
  sum: sumCols,
  // One element, one row, one column in parts, odd, several workgroups across, parts of both widths.
  conformanceShapes: [
    [1, 1],
    [1, 37],
    [8300, 1],
    [37, 33],
    [70, 1028],
    [300, 260],
    [1100, 65],
  ],
});

export const reduceAll = kernelOf({
  id: 'reduce-all',
  title: 'Sum of everything',
  dims: ['elements'],
  axis: 0,
  variantTitle: 'parts, then the sum of their sums',
  result: () => [1],
  sum: sumRows,
  conformanceShapes: [[1], [3], [1024], [4097], [32_772], [70_001]],
});
