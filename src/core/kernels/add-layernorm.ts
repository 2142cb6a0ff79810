import add from '../../../shaders/add-layernorm/add.wgsl?raw';
import addSource from '../../../shaders/add-layernorm/source.wgsl?raw';
import grid from '../../../shaders/common/grid.wgsl?raw';
import { type Program, rename, type Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, TensorSpec } from './kernel';
import { EPSILON, layernormProgram, normalizedRows, normalizeStage } from './layernorm';
import { storageError } from './reference';
import { lanesOf, type RowsProblem, rowsProblem } from './row';
import { tensorBuffers, tensorBytes } from './tensors';
import { wgsl } from './wgsl';

const THREADS = 256;

const bind = (access: 'read' | 'write', names: readonly string[]): Stage['bindings'] =>
  names.map((buffer) => ({ buffer, access }));

const tensors = ({ rows, cols, dtype }: RowsProblem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: [rows, cols] },
  { name: 'residual', role: 'input', dtype, dims: [rows, cols] },
  { name: 'gamma', role: 'weight', dtype, dims: [cols] },
  { name: 'beta', role: 'weight', dtype, dims: [cols] },
  { name: 'sum', role: 'output', dtype, dims: [rows, cols] },
  { name: 'y', role: 'output', dtype, dims: [rows, cols] },
];

/** sum = x + residual and y = LayerNorm(sum) in one pass over memory; weights gamma and beta [cols]. */
export function addLayernormProgram(problem: RowsProblem, limits: DeviceLimits): Program {
  const bindings = [...bind('read', ['x', 'residual', 'gamma', 'beta']), ...bind('write', ['sum', 'y'])];
  const stage = normalizeStage(problem, limits, addSource, bindings);
  return {
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [{ ...stage, label: 'add-layernorm' }],
  };
}

/** The same as two kernels: the sum is written, then read again. */
function unfusedProgram(problem: RowsProblem, limits: DeviceLimits): Program {
  const length = problem.rows * problem.cols;
  const { width, code } = lanesOf(length);
  const packs = length / width;
  const addStage: Stage = {
    label: 'add',
    code: wgsl(problem.dtype, grid, code, add),
    constants: { packs, threads: THREADS },
    bindings: [...bind('read', ['x', 'residual']), ...bind('write', ['sum'])],
    workgroups: foldGrid(Math.ceil(packs / THREADS), limits),
  };
  const normalize = rename(layernormProgram(problem, limits), '', { x: 'sum' });
  return { buffers: tensorBuffers(tensors(problem)), setup: [], stages: [addStage, ...normalize.stages] };
}

export const addLayernorm: Kernel = {
  id: 'add-layernorm',
  title: 'Residual add + LayerNorm',
  dims: ['rows', 'cols'],
  invalid: () => null,
  tensors: (problem) => tensors(rowsProblem(problem)),
  // LayerNorm's eight an element and the addition.
  flops: ({ shape }) => 9 * shape[0]! * shape[1]!,
  bytes: (problem) => tensorBytes(tensors(rowsProblem(problem))),
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
    return normalizedRows(rows, inputs, elements, rowAt, errorOf);
  },
  graph: ({ shape, dtype }, weights) => ({
    name: 'add-layernorm',
    inputs: [
      { name: 'x', dtype, dims: shape },
      { name: 'residual', dtype, dims: shape },
    ],
    outputs: [
      { name: 'sum', dtype, dims: shape },
      { name: 'y', dtype, dims: shape },
    ],
    weights,
    nodes: [
      { op: 'Add', inputs: ['x', 'residual'], outputs: ['sum'] },
      {
        op: 'LayerNormalization',
        inputs: ['sum', 'gamma', 'beta'],
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
      id: 'unfused',
      title: 'add, then LayerNorm',
      kind: 'baseline',
      program: (problem, limits) => unfusedProgram(rowsProblem(problem), limits),
    },
    {
      id: 'fused',
      title: 'one kernel: the sum is normalised from registers',
      kind: 'optimised',
      program: (problem, limits) => addLayernormProgram(rowsProblem(problem), limits),
    },
  ],
  conformanceShapes: [
    [1, 1],
    [7, 333],
    [5, 64],
    [3, 1028],
    [4, 129],
    [2, 4099],
    [2, 16388],
  ],
};
