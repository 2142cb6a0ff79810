import grid from '../../../shaders/common/grid.wgsl?raw';
import loadLinear from '../../../shaders/matmul/load-linear.wgsl?raw';
import naive from '../../../shaders/matmul/naive.wgsl?raw';
import plainRows from '../../../shaders/matmul/plain-rows.wgsl?raw';
import storeBias from '../../../shaders/matmul/store-bias.wgsl?raw';
import storeResidual from '../../../shaders/matmul/store-residual.wgsl?raw';
import type { Program, Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { dot, productBound } from './reference';
import type { ProductPlan } from './templates/plan';
import { type Operand, productProgram } from './templates/product';
import { tensorBuffers, tensorBytes } from './tensors';
import { type FloatDtype, floatDtype, wgsl } from './wgsl';

export interface MatmulProblem {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly dtype: FloatDtype;
}

const NAIVE_THREADS = 256;

/**
 * y[m,n] = x[m,k]·w[k,n] + bias[n], and `+ residual[m,n]` where asked for: buffers `x`, `w`, `bias`,
 * (`residual`,) `y`.
 * @param plan how the product is dealt out; chosen by its shape unless given.
 */
export function matmulProgram(
  { m, k, n, dtype, residual = false }: MatmulProblem & { readonly residual?: boolean },
  limits: DeviceLimits,
  plan?: ProductPlan,
): Program {
  const loads: readonly Operand[] = [
    { name: 'x', use: 'read', rows: 'M', cols: 'K', aligned: [k] },
    { name: 'w', use: 'read', rows: 'K', cols: 'N', aligned: [n] },
  ];
  const stores: Operand[] = [
    { name: 'bias', use: 'read', rows: '1u', cols: 'N', aligned: [n] },
    { name: 'y', use: 'write', rows: 'M', cols: 'N', aligned: [n] },
  ];
  if (residual) stores.push({ name: 'residual', use: 'read', rows: 'M', cols: 'N', aligned: [n] });
  const { buffers, stages } = productProgram(
    {
      label: 'matmul',
      dtype,
      product: { m, k, n, batches: 1, layout: 'kn' },
      loads: { code: [plainRows, loadLinear], operands: loads },
      store: { code: [residual ? storeResidual : storeBias], operands: stores },
    },
    limits,
    plan,
  );
  const given = tensorBuffers(tensors({ m, k, n, dtype }));
  if (residual) given.push({ name: 'residual', role: 'input', dtype, length: m * n });
  return { buffers: [...given, ...buffers], setup: [], stages };
}

function tensors({ m, k, n, dtype }: MatmulProblem): readonly TensorSpec[] {
  return [
    { name: 'x', role: 'input', dtype, dims: [m, k] },
    { name: 'w', role: 'weight', dtype, dims: [k, n] },
    { name: 'bias', role: 'weight', dtype, dims: [n] },
    { name: 'y', role: 'output', dtype, dims: [m, n] },
  ];
}

function naiveProgram(problem: MatmulProblem, limits: DeviceLimits): Program {
  const { m, k, n, dtype } = problem;
  const stage: Stage = {
    label: 'matmul naive',
    code: wgsl(dtype, grid, naive),
    constants: { M: m, K: k, N: n },
    bindings: [
      { buffer: 'x', access: 'read' },
      { buffer: 'w', access: 'read' },
      { buffer: 'bias', access: 'read' },
      { buffer: 'y', access: 'write' },
    ],
    workgroups: foldGrid(Math.ceil((m * n) / NAIVE_THREADS), limits),
  };
  return { buffers: tensorBuffers(tensors(problem)), setup: [], stages: [stage] };
}

function matmulProblem({ shape, dtype }: Problem): MatmulProblem {
  return { m: shape[0]!, k: shape[1]!, n: shape[2]!, dtype: floatDtype(dtype) };
}

export const matmul: Kernel = {
  id: 'matmul',
  title: 'Linear layer',
  dims: ['m', 'k', 'n'],
  invalid: () => null,
  tensors: (problem) => tensors(matmulProblem(problem)),
  flops(problem) {
    const { m, k, n } = matmulProblem(problem);
    return 2 * m * k * n + m * n;
  },
  bytes: (problem) => tensorBytes(tensors(matmulProblem(problem))),
  reference(problem, { x, w, bias }, _output, elements) {
    const { k, n, dtype } = matmulProblem(problem);
    const values = new Float64Array(elements.length);
    const bounds = new Float64Array(elements.length);
    for (const [i, element] of elements.entries()) {
      const col = element % n;
      const row = { data: x!, offset: Math.floor(element / n) * k, stride: 1 };
      const product = dot(row, { data: w!, offset: col, stride: n }, k);
      const value = product.value + bias![col]!;
      values[i] = value;
      bounds[i] = productBound(dtype, k, product.magnitude + Math.abs(bias![col]!), value);
    }
    return { values, bounds };
  },
  graph(problem, weights) {
    const { m, k, n, dtype } = matmulProblem(problem);
    return {
      name: 'matmul',
      inputs: [{ name: 'x', dtype, dims: [m, k] }],
      outputs: [{ name: 'y', dtype, dims: [m, n] }],
      weights,
      nodes: [
        { op: 'MatMul', inputs: ['x', 'w'], outputs: ['product'] },
        { op: 'Add', inputs: ['product', 'bias'], outputs: ['y'] },
      ],
    };
  },
  variants: [
    {
      id: 'naive',
      title: 'one thread an element, no tiles',
      kind: 'baseline',
      program: (problem, limits) => naiveProgram(matmulProblem(problem), limits),
    },
    {
      id: 'tiled',
      title: 'register tile, slices staged in workgroup memory',
      kind: 'optimised',
      program: (problem, limits) => matmulProgram(matmulProblem(problem), limits),
    },
  ],
  // Thin, odd, K of one and one over a step, K split, exact tiles of each size, one over in every direction.
  conformanceShapes: [
    [1, 1, 1],
    [1, 4095, 8],
    [3, 31, 5],
    [33, 33, 65],
    [64, 32, 96],
    [65, 17, 129],
    [40, 8, 36],
    [33, 300, 65],
    [64, 384, 128],
    [2048, 8, 2048],
    [2049, 3, 1921],
  ],
};
