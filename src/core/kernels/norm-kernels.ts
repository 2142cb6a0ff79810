import type { GraphNode } from '../contract';
import type { Kernel, Problem } from './kernel';
import {
  addNormProgram,
  addNormTensors,
  addThenNormProgram,
  EPSILON,
  LAYER_NORM,
  type Norm,
  normProgram,
  normTensors,
  RMS_NORM,
} from './norm';
import { normalizedRows } from './norm-reference';
import { storageError } from './reference';
import { rowsProblem } from './row';
import { tensorBytes } from './tensors';

/**
 * Arithmetic of an element. LayerNorm: sum; deviation, square, sum; deviation, scale, gamma, beta. RMSNorm:
 * square, sum; scale, gamma.
 */
const flopsOf = ({ centred }: Norm): number => (centred ? 8 : 4);

const node = ({ op, weights }: Norm, input: string): GraphNode => ({
  op,
  inputs: [input, ...weights],
  outputs: ['y'],
  attributes: [
    { name: 'axis', int: -1 },
    { name: 'epsilon', float: EPSILON },
  ],
});

const edge = ({ shape, dtype }: Problem, ...names: readonly string[]) =>
  names.map((name) => ({ name, dtype, dims: shape }));

/** One element, odd, one over a multiple of four, short rows that share a workgroup, vec4, several packs a lane, more than registers hold. */
const CONFORMANCE_SHAPES = [
  [1, 1],
  [7, 333],
  [3, 129],
  [5, 64],
  [65, 40],
  [3, 1028],
  [2, 4099],
  [2, 20484],
];

const normKernel = (norm: Norm): Kernel => ({
  id: norm.id,
  title: norm.title,
  dims: ['rows', 'cols'],
  invalid: () => null,
  tensors: (problem) => normTensors(norm, rowsProblem(problem)),
  flops: ({ shape }) => flopsOf(norm) * shape[0]! * shape[1]!,
  bytes: (problem) => tensorBytes(normTensors(norm, rowsProblem(problem))),
  reference(problem, inputs, _output, elements) {
    const { cols } = rowsProblem(problem);
    const rowAt = (row: number) => Float64Array.from(inputs.x!.subarray(row * cols, (row + 1) * cols));
    return normalizedRows(norm, rowsProblem(problem), inputs, elements, rowAt, () => 0);
  },
  graph: (problem, weights) => ({
    name: norm.id,
    inputs: edge(problem, 'x'),
    outputs: edge(problem, 'y'),
    weights,
    nodes: [node(norm, 'x')],
  }),
  variants: [
    {
      id: norm.centred ? 'two-pass' : 'row',
      title: `rows in registers, one or several a workgroup${norm.centred ? ', exact variance' : ''}`,
      kind: 'optimised',
      program: (problem, limits) => normProgram(norm, rowsProblem(problem), limits),
    },
  ],
  conformanceShapes: CONFORMANCE_SHAPES,
});

/** @param kept whether the sum is an output too; after the last layer of a model nothing needs it. */
const addNormKernel = (norm: Norm, kept: boolean): Kernel => ({
  id: `add-${norm.id}${kept ? '' : '-final'}`,
  title: `Residual add + ${norm.title}${kept ? '' : ', sum not kept'}`,
  dims: ['rows', 'cols'],
  invalid: () => null,
  tensors: (problem) => addNormTensors(norm, rowsProblem(problem), kept),
  flops: ({ shape }) => (flopsOf(norm) + 1) * shape[0]! * shape[1]!,
  bytes: (problem) => tensorBytes(addNormTensors(norm, rowsProblem(problem), kept)),
  reference(problem, inputs, output, elements) {
    const rows = rowsProblem(problem);
    const x = inputs.x!;
    const residual = inputs.residual!;
    if (output === 'sum') {
      const values = Float64Array.from(elements, (i) => x[i]! + residual[i]!);
      return { values, bounds: values.map((v) => storageError(rows.dtype, v)) };
    }
    const rowAt = (row: number) =>
      Float64Array.from({ length: rows.cols }, (_, i) => {
        const at = row * rows.cols + i;
        return x[at]! + residual[at]!;
      });
    // The sum may be rounded to its stored type before it is normalised.
    const errorOf = (row: Float64Array) =>
      row.reduce((most, v) => Math.max(most, storageError(rows.dtype, v)), 0);
    return normalizedRows(norm, rows, inputs, elements, rowAt, errorOf);
  },
  graph: (problem, weights) => ({
    name: `add-${norm.id}`,
    inputs: edge(problem, 'x', 'residual'),
    outputs: edge(problem, ...(kept ? ['sum', 'y'] : ['y'])),
    weights,
    nodes: [{ op: 'Add', inputs: ['x', 'residual'], outputs: ['sum'] }, node(norm, 'sum')],
  }),
  variants: [
    {
      id: 'unfused',
      title: `add, then ${norm.title}`,
      kind: 'baseline',
      program: (problem, limits) => addThenNormProgram(norm, rowsProblem(problem), kept, limits),
    },
    {
      id: 'fused',
      title: 'one kernel: the sum is normalised from registers',
      kind: 'optimised',
      program: (problem, limits) => addNormProgram(norm, rowsProblem(problem), kept, limits),
    },
  ],
  // Without the sum all but the last store is the same.
  conformanceShapes: kept
    ? CONFORMANCE_SHAPES
    : [
        [7, 333],
        [5, 64],
        [2, 20484],
      ],
});

export const layernorm = normKernel(LAYER_NORM);
export const rmsnorm = normKernel(RMS_NORM);
export const addLayernorm = addNormKernel(LAYER_NORM, true);
export const addRmsnorm = addNormKernel(RMS_NORM, true);
export const addLayernormFinal = addNormKernel(LAYER_NORM, false);
export const addRmsnormFinal = addNormKernel(RMS_NORM, false);
