import grid from '../../../shaders/common/grid.wgsl?raw';
import silu from '../../../shaders/common/silu.wgsl?raw';
import loadProduct from '../../../shaders/matmul/load.wgsl?raw';
import plainRows from '../../../shaders/matmul/plain-rows.wgsl?raw';
import storeProduct from '../../../shaders/matmul/store.wgsl?raw';
import gate from '../../../shaders/swiglu/gate.wgsl?raw';
import loadPair from '../../../shaders/swiglu/load.wgsl?raw';
import storeGated from '../../../shaders/swiglu/store.wgsl?raw';
import type { BufferSpec, Program, Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { dot, productBound, type Strided, storageError, UNIT_ROUNDOFF } from './reference';
import { declareMatrices, type Matrix, matrixBindings } from './templates/matrix';
import type { ProductPlan } from './templates/plan';
import { accessFor, type Operand, productProgram } from './templates/product';
import { tensorBuffers, tensorBytes } from './tensors';
import { type FloatDtype, floatDtype, wgsl } from './wgsl';

export interface SwigluProblem {
  readonly tokens: number;
  readonly hidden: number;
  readonly inner: number;
  readonly dtype: FloatDtype;
}

const GATE_THREADS = 256;

/**
 * y[tokens,inner] = SiLU(x·wGate) ∘ (x·wUp) with neither product stored: buffers `x`, `wGate`, `wUp`, `y`.
 * @param plan how the products are dealt out; chosen by their shape unless given.
 */
export function swigluProgram(problem: SwigluProblem, limits: DeviceLimits, plan?: ProductPlan): Program {
  const { tokens, hidden, inner, dtype } = problem;
  const loads: readonly Operand[] = [
    { name: 'x', use: 'read', rows: 'M', cols: 'K', aligned: [hidden] },
    { name: 'wGate', use: 'read', rows: 'K', cols: 'N', aligned: [inner] },
    { name: 'wUp', use: 'read', rows: 'K', cols: 'N', aligned: [inner] },
  ];
  const { buffers, stages } = productProgram(
    {
      label: 'swiglu',
      dtype,
      product: { m: tokens, k: hidden, n: inner, batches: 1, layout: 'pair' },
      loads: { code: [plainRows, loadPair], operands: loads },
      store: {
        code: [silu, storeGated],
        operands: [{ name: 'y', use: 'write', rows: 'M', cols: 'N', aligned: [inner] }],
      },
    },
    limits,
    plan,
  );
  return { buffers: [...tensorBuffers(tensors(problem)), ...buffers], setup: [], stages };
}

/** The same as two products that store their results and a dispatch that reads them again. */
export function swigluUnfusedProgram(problem: SwigluProblem, limits: DeviceLimits): Program {
  const { tokens, inner, dtype } = problem;
  const scratch = (name: string): BufferSpec => ({ name, role: 'scratch', dtype, length: tokens * inner });
  const products = [projection(problem, 'wGate', 'gate', limits), projection(problem, 'wUp', 'up', limits)];
  return {
    buffers: [
      ...tensorBuffers(tensors(problem)),
      ...['gate', 'up'].map(scratch),
      ...products.flatMap(({ buffers }) => buffers),
    ],
    setup: [],
    stages: [...products.flatMap(({ stages }) => stages), gateStage(problem, limits)],
  };
}

function projection(
  { tokens, hidden, inner, dtype }: SwigluProblem,
  weight: string,
  result: string,
  limits: DeviceLimits,
) {
  const loads: readonly Operand[] = [
    { name: 'a', use: 'read', rows: 'M', cols: 'K', aligned: [hidden], buffer: 'x' },
    { name: 'b', use: 'read', rows: 'K', cols: 'N', aligned: [inner], buffer: weight },
  ];
  const c: Operand = { name: 'c', use: 'write', rows: 'M', cols: 'N', aligned: [inner], buffer: result };
  return productProgram(
    {
      label: result,
      dtype,
      product: { m: tokens, k: hidden, n: inner, batches: 1, layout: 'kn' },
      loads: { code: [plainRows, loadProduct], operands: loads },
      store: { code: [storeProduct], operands: [c] },
    },
    limits,
  );
}

function gateStage({ tokens, inner, dtype }: SwigluProblem, limits: DeviceLimits): Stage {
  const elements = tokens * inner;
  const row = { access: accessFor([elements], true), rows: '1u', cols: 'N' } as const;
  const matrices: readonly Matrix[] = [
    { name: 'gate', use: 'read', ...row },
    { name: 'up', use: 'read', ...row },
    { name: 'y', use: 'write', ...row },
  ];
  return {
    label: 'SiLU and product',
    code: wgsl(dtype, declareMatrices(matrices), grid, silu, gate),
    constants: { N: elements },
    bindings: matrixBindings(matrices),
    workgroups: foldGrid(Math.ceil(elements / (4 * GATE_THREADS)), limits),
  };
}

function tensors({ tokens, hidden, inner, dtype }: SwigluProblem): readonly TensorSpec[] {
  return [
    { name: 'x', role: 'input', dtype, dims: [tokens, hidden] },
    { name: 'wGate', role: 'weight', dtype, dims: [hidden, inner] },
    { name: 'wUp', role: 'weight', dtype, dims: [hidden, inner] },
    { name: 'y', role: 'output', dtype, dims: [tokens, inner] },
  ];
}

function swigluProblem({ shape, dtype }: Problem): SwigluProblem {
  return { tokens: shape[0]!, hidden: shape[1]!, inner: shape[2]!, dtype: floatDtype(dtype) };
}

/**
 * Relative error of x / (1 + exp(−x)) in f32: 3 + 2·|x| ulp for exp and 2.5 ulp for the division (WGSL,
 * accuracy of built-in functions), and the roundings of the sum and of the product that follows.
 */
const siluError = (x: number): number => UNIT_ROUNDOFF.f32 * (2 * (3 + 2 * Math.abs(x) + 2.5) + 2);

/** The largest slope of SiLU is 1.0998, at x = 2.4. */
const SILU_SLOPE = 1.1;

/** SiLU(g)·u and its bound, from two products that are each off by up to their own bound. */
function gated(hidden: number, dtype: FloatDtype, row: Strided, gateCol: Strided, upCol: Strided) {
  const g = dot(row, gateCol, hidden);
  const u = dot(row, upCol, hidden);
  const gateError = productBound(dtype, hidden, g.magnitude, g.value);
  const upError = productBound(dtype, hidden, u.magnitude, u.value);
  const activated = g.value / (1 + Math.exp(-g.value));
  const value = activated * u.value;
  const bound =
    SILU_SLOPE * gateError * (Math.abs(u.value) + upError) +
    Math.abs(activated) * upError +
    Math.abs(value) * siluError(g.value) +
    storageError(dtype, value);
  return { value, bound };
}

export const swiglu: Kernel = {
  id: 'swiglu',
  title: 'SwiGLU gate',
  dims: ['tokens', 'hidden', 'inner'],
  invalid: () => null,
  tensors: (problem) => tensors(swigluProblem(problem)),
  // Two products; then negation, exp, sum, division and product of each element.
  flops(problem) {
    const { tokens, hidden, inner } = swigluProblem(problem);
    return (4 * hidden + 5) * tokens * inner;
  },
  bytes: (problem) => tensorBytes(tensors(swigluProblem(problem))),
  reference(problem, { x, wGate, wUp }, _output, elements) {
    const { hidden, inner, dtype } = swigluProblem(problem);
    const values = new Float64Array(elements.length);
    const bounds = new Float64Array(elements.length);
    for (const [i, element] of elements.entries()) {
      const row = { data: x!, offset: Math.floor(element / inner) * hidden, stride: 1 };
      const column = (data: Float32Array) => ({ data, offset: element % inner, stride: inner });
      const { value, bound } = gated(hidden, dtype, row, column(wGate!), column(wUp!));
      values[i] = value;
      bounds[i] = bound;
    }
    return { values, bounds };
  },
  graph(problem, weights) {
    const { tokens, hidden, inner, dtype } = swigluProblem(problem);
    return {
      name: 'swiglu',
      inputs: [{ name: 'x', dtype, dims: [tokens, hidden] }],
      outputs: [{ name: 'y', dtype, dims: [tokens, inner] }],
      weights,
      nodes: [
        { op: 'MatMul', inputs: ['x', 'wGate'], outputs: ['gate'] },
        { op: 'MatMul', inputs: ['x', 'wUp'], outputs: ['up'] },
        { op: 'Sigmoid', inputs: ['gate'], outputs: ['sigmoid'] },
        { op: 'Mul', inputs: ['gate', 'sigmoid'], outputs: ['activated'] },
        { op: 'Mul', inputs: ['activated', 'up'], outputs: ['y'] },
      ],
    };
  },
  variants: [
    {
      id: 'unfused',
      title: 'two products stored, then SiLU and product',
      kind: 'baseline',
      program: (problem, limits) => swigluUnfusedProgram(swigluProblem(problem), limits),
    },
    {
      id: 'fused',
      title: 'both products at once in registers, SiLU and product before the store',
      kind: 'optimised',
      program: (problem, limits) => swigluProgram(swigluProblem(problem), limits),
    },
  ],
  // Thin, odd, K over a step and split, exact small and large tiles, one over in every direction.
  conformanceShapes: [
    [1, 1, 1],
    [3, 33, 5],
    [7, 4095, 8],
    [64, 32, 64],
    [65, 20, 68],
    [77, 50, 130],
    [19, 400, 70],
    [1024, 16, 2048],
    [1025, 3, 1923],
  ],
};
