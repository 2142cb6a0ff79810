import grid from '../../../shaders/common/grid.wgsl?raw';
import fold from '../../../shaders/layernorm-linear/fold.wgsl?raw';
import load from '../../../shaders/layernorm-linear/load.wgsl?raw';
import statistics from '../../../shaders/layernorm-linear/statistics.wgsl?raw';
import store from '../../../shaders/layernorm-linear/store.wgsl?raw';
import { type Program, rename, type Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { matmulProgram } from './matmul';
import { EPSILON, LAYER_NORM, normProgram } from './norm';
import { normalizedRows } from './norm-reference';
import { memoLast, productBound, UNIT_ROUNDOFF } from './reference';
import { planRow } from './row';
import type { ProductPlan } from './templates/plan';
import { type Operand, productProgram } from './templates/product';
import { tensorBuffers, tensorBytes } from './tensors';
import { type FloatDtype, floatDtype, wgsl } from './wgsl';

export interface LayernormLinearProblem {
  readonly rows: number;
  readonly hidden: number;
  readonly out: number;
  readonly dtype: FloatDtype;
}

const FOLD_THREADS = 64;

/**
 * y[rows,out] = LayerNorm(x)·w + bias: buffers `x`, `gamma`, `beta`, `w`, `bias`, `y`. The weights are folded
 * once, a small dispatch takes the statistics of the rows, and the product normalises as it goes.
 * @param plan how the product is dealt out; chosen by its shape unless given.
 */
export function layernormLinearProgram(
  problem: LayernormLinearProblem,
  limits: DeviceLimits,
  plan?: ProductPlan,
): Program {
  const { rows, hidden, out, dtype } = problem;
  const product = productOf(problem, limits, plan);
  return {
    buffers: [
      ...tensorBuffers(tensors(problem)),
      { name: 'scaled', role: 'scratch', dtype, length: hidden * out },
      { name: 'offset', role: 'scratch', dtype: 'f32', length: out },
      { name: 'statistics', role: 'scratch', dtype: 'f32', length: 4 * rows },
      ...product.buffers,
    ],
    setup: [foldStage(problem, limits)],
    stages: [statisticsStage(problem, limits), ...product.stages],
  };
}

/** The same as a LayerNorm that stores its result and a linear layer that reads it. */
export function layernormLinearUnfusedProgram(
  problem: LayernormLinearProblem,
  limits: DeviceLimits,
): Program {
  const { rows, hidden, out, dtype } = problem;
  const norm = rename(normProgram(LAYER_NORM, { rows, cols: hidden, dtype }, limits), '', {
    y: 'normalized',
  });
  const linear = rename(matmulProgram({ m: rows, k: hidden, n: out, dtype }, limits), '', {
    x: 'normalized',
  });
  return {
    buffers: [
      ...tensorBuffers(tensors(problem)),
      { name: 'normalized', role: 'scratch', dtype, length: rows * hidden },
      ...linear.buffers.filter(({ role }) => role === 'scratch'),
    ],
    setup: [],
    stages: [...norm.stages, ...linear.stages],
  };
}

function foldStage({ hidden, out, dtype }: LayernormLinearProblem, limits: DeviceLimits): Stage {
  const read = (buffer: string) => ({ buffer, access: 'read' }) as const;
  const write = (buffer: string) => ({ buffer, access: 'write' }) as const;
  return {
    label: 'fold gamma and beta',
    code: wgsl(dtype, grid, fold),
    constants: { K: hidden, N: out },
    bindings: [...['gamma', 'beta', 'w', 'bias'].map(read), ...['scaled', 'offset'].map(write)],
    workgroups: foldGrid(Math.ceil(out / FOLD_THREADS), limits),
  };
}

function statisticsStage({ rows, hidden, dtype }: LayernormLinearProblem, limits: DeviceLimits): Stage {
  const { packs, threads, code } = planRow(hidden, dtype, limits);
  return {
    label: 'row statistics',
    code: wgsl(dtype, grid, code, statistics),
    constants: { rows, cols: hidden, packs, threads, epsilon: EPSILON },
    bindings: [
      { buffer: 'x', access: 'read' },
      { buffer: 'statistics', access: 'write' },
    ],
    workgroups: foldGrid(rows, limits),
  };
}

function productOf(
  { rows, hidden, out, dtype }: LayernormLinearProblem,
  limits: DeviceLimits,
  plan?: ProductPlan,
) {
  const f32 = { use: 'read', element: 'f32' } as const;
  const ofRows: Operand = { ...f32, name: 'statistics', rows: 'M', cols: '4u', aligned: [] };
  const loads: readonly Operand[] = [
    { name: 'x', use: 'read', rows: 'M', cols: 'K', aligned: [hidden] },
    { name: 'scaled', use: 'read', rows: 'K', cols: 'N', aligned: [out] },
    ofRows,
  ];
  const stores: readonly Operand[] = [
    ofRows,
    { ...f32, name: 'offset', rows: '1u', cols: 'N', aligned: [out] },
    { name: 'y', use: 'write', rows: 'M', cols: 'N', aligned: [out] },
  ];
  return productProgram(
    {
      label: 'layernorm and matmul',
      dtype,
      product: { m: rows, k: hidden, n: out, batches: 1, layout: 'kn' },
      loads: { code: [load], operands: loads },
      store: { code: [store], operands: stores },
    },
    limits,
    plan,
  );
}

function tensors({ rows, hidden, out, dtype }: LayernormLinearProblem): readonly TensorSpec[] {
  return [
    { name: 'x', role: 'input', dtype, dims: [rows, hidden] },
    { name: 'gamma', role: 'weight', dtype, dims: [hidden] },
    { name: 'beta', role: 'weight', dtype, dims: [hidden] },
    { name: 'w', role: 'weight', dtype, dims: [hidden, out] },
    { name: 'bias', role: 'weight', dtype, dims: [out] },
    { name: 'y', role: 'output', dtype, dims: [rows, out] },
  ];
}

function layernormLinearProblem({ shape, dtype }: Problem): LayernormLinearProblem {
  return { rows: shape[0]!, hidden: shape[1]!, out: shape[2]!, dtype: floatDtype(dtype) };
}

export const layernormLinear: Kernel = {
  id: 'layernorm-linear',
  title: 'LayerNorm and linear layer',
  dims: ['rows', 'hidden', 'out'],
  invalid: () => null,
  tensors: (problem) => tensors(layernormLinearProblem(problem)),
  // LayerNorm as in layernorm.ts, the product, and the bias.
  flops(problem) {
    const { rows, hidden, out } = layernormLinearProblem(problem);
    return 8 * rows * hidden + (2 * hidden + 1) * rows * out;
  },
  bytes: (problem) => tensorBytes(tensors(layernormLinearProblem(problem))),
  reference(problem, inputs, _output, elements) {
    const { rows, hidden, out, dtype } = layernormLinearProblem(problem);
    const { x, beta, w, bias } = inputs;
    const normalized = memoLast((row: number) => {
      const all = Uint32Array.from({ length: hidden }, (_, k) => row * hidden + k);
      const values = (at: number) => Float64Array.from(x!.subarray(at * hidden, (at + 1) * hidden));
      return normalizedRows(LAYER_NORM, { rows, cols: hidden, dtype }, inputs, all, values, () => 0);
    });
    const values = new Float64Array(elements.length);
    const bounds = new Float64Array(elements.length);
    for (const [i, element] of elements.entries()) {
      const row = normalized(Math.floor(element / out));
      const col = element % out;
      let value = bias![col]!;
      let magnitude = Math.abs(value);
      // What the row's own errors, and the rounding of gamma ∘ w to storage, come to in the product.
      let carried = 0;
      for (let k = 0; k < hidden; k++) {
        const weight = w![k * out + col]!;
        const scaled = Math.abs((row.values[k]! - beta![k]!) * weight);
        value += row.values[k]! * weight;
        magnitude += scaled + Math.abs(beta![k]! * weight);
        carried += row.bounds[k]! * Math.abs(weight) + UNIT_ROUNDOFF[dtype] * scaled;
      }
      values[i] = value;
      bounds[i] = carried + productBound(dtype, hidden, magnitude, value);
    }
    return { values, bounds };
  },
  graph(problem, weights) {
    const { rows, hidden, out, dtype } = layernormLinearProblem(problem);
    return {
      name: 'layernorm-linear',
      inputs: [{ name: 'x', dtype, dims: [rows, hidden] }],
      outputs: [{ name: 'y', dtype, dims: [rows, out] }],
      weights,
      nodes: [
        {
          op: 'LayerNormalization',
          inputs: ['x', 'gamma', 'beta'],
          outputs: ['normalized'],
          attributes: [
            { name: 'axis', int: -1 },
            { name: 'epsilon', float: EPSILON },
          ],
        },
        { op: 'MatMul', inputs: ['normalized', 'w'], outputs: ['product'] },
        { op: 'Add', inputs: ['product', 'bias'], outputs: ['y'] },
      ],
    };
  },
  variants: [
    {
      id: 'unfused',
      title: 'LayerNorm stored, then the linear layer',
      kind: 'baseline',
      program: (problem, limits) => layernormLinearUnfusedProgram(layernormLinearProblem(problem), limits),
    },
    {
      id: 'fused',
      title: 'normalised on the way into and out of the product, gamma and beta folded into the weights',
      kind: 'optimised',
      program: (problem, limits) => layernormLinearProgram(layernormLinearProblem(problem), limits),
    },
  ],
  // Rows of one element, odd, one over a step, split, exact small tile, one over in every direction, large tile.
  conformanceShapes: [
    [1, 1, 1],
    [3, 31, 5],
    [7, 333, 65],
    [2, 4095, 8],
    [64, 64, 96],
    [65, 36, 68],
    [40, 200, 68],
    [2049, 17, 1921],
  ],
};
