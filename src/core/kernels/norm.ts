/** Programs of LayerNorm and RMSNorm, alone and after the addition of a residual. */
import grid from '../../../shaders/common/grid.wgsl?raw';
import add from '../../../shaders/norm/add.wgsl?raw';
import finishLayer from '../../../shaders/norm/finish-layer.wgsl?raw';
import finishRms from '../../../shaders/norm/finish-rms.wgsl?raw';
import normalize from '../../../shaders/norm/normalize.wgsl?raw';
import row from '../../../shaders/norm/row.wgsl?raw';
import store from '../../../shaders/norm/store.wgsl?raw';
import storeBoth from '../../../shaders/norm/store-both.wgsl?raw';
import sum from '../../../shaders/norm/sum.wgsl?raw';
import { type BufferSpec, type Program, rename, type Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, TensorSpec } from './kernel';
import { lanesOf, planRows, type RowsProblem } from './row';
import { tensorBuffers } from './tensors';
import { wgsl } from './wgsl';

/** Added to the variance; the default of ONNX and of the models that use LayerNorm. */
export const EPSILON = 1e-5;

/** LayerNorm: (x − mean)/σ·gamma + beta. RMSNorm: x/√(mean of x²)·gamma. */
export interface Norm {
  readonly id: 'layernorm' | 'rmsnorm';
  readonly title: string;
  /** Whether the mean is taken off. */
  readonly centred: boolean;
  readonly weights: readonly string[];
  /** Operator of ONNX; that for RMSNorm is onnxruntime's own (ONNX has one from opset 23 on). */
  readonly op: string;
}

export const LAYER_NORM: Norm = {
  id: 'layernorm',
  title: 'LayerNorm',
  centred: true,
  weights: ['gamma', 'beta'],
  op: 'LayerNormalization',
};

export const RMS_NORM: Norm = {
  id: 'rmsnorm',
  title: 'RMSNorm',
  centred: false,
  weights: ['gamma'],
  op: 'SimplifiedLayerNormalization',
};

function tensorsOf(
  { weights }: Norm,
  { rows, cols, dtype }: RowsProblem,
  inputs: readonly string[],
  outputs: readonly string[],
): readonly TensorSpec[] {
  const array = (role: TensorSpec['role']) => (name: string) => ({ name, role, dtype, dims: [rows, cols] });
  return [
    ...inputs.map(array('input')),
    ...weights.map((name): TensorSpec => ({ name, role: 'weight', dtype, dims: [cols] })),
    ...outputs.map(array('output')),
  ];
}

/** x[rows, cols] → y over the last axis; weights [cols]. */
export const normTensors = (norm: Norm, problem: RowsProblem) => tensorsOf(norm, problem, ['x'], ['y']);

/** The same after sum = x + residual, an output too if it is kept. */
export const addNormTensors = (norm: Norm, problem: RowsProblem, kept: boolean) =>
  tensorsOf(norm, problem, ['x', 'residual'], kept ? ['sum', 'y'] : ['y']);

const THREADS = 256;

/** A stage's bindings to these tensors, with their WGSL declarations as packs. */
function bind(tensors: readonly TensorSpec[]): { bindings: Stage['bindings']; declarations: string } {
  const bindings = tensors.map(({ name, role }) => {
    return { buffer: name, access: role === 'output' ? 'write' : 'read' } as const;
  });
  const space = { read: 'read', write: 'read_write' } as const;
  const declare = ({ buffer, access }: Stage['bindings'][number], i: number) =>
    `@group(0) @binding(${i}) var<storage, ${space[access]}> ${buffer}: array<pack>;`;
  return { bindings, declarations: bindings.map(declare).join('\n') };
}

function normalizing(
  norm: Norm,
  problem: RowsProblem,
  limits: DeviceLimits,
  tensors: readonly TensorSpec[],
  source: string,
): Program {
  const { rows, cols, dtype } = problem;
  const { packs, threads, rows: together, code } = planRows(cols, dtype, limits);
  const { bindings, declarations } = bind(tensors);
  const centred = `const CENTRED = ${norm.centred};`;
  const finish = norm.centred ? finishLayer : finishRms;
  const stage: Stage = {
    label: norm.id,
    code: wgsl(dtype, grid, code, centred, declarations, finish, source, normalize),
    constants: { rows, cols, packs, threads, epsilon: EPSILON },
    bindings,
    workgroups: foldGrid(Math.ceil(rows / together), limits),
  };
  return { buffers: tensorBuffers(tensors), setup: [], stages: [stage] };
}

export function normProgram(norm: Norm, problem: RowsProblem, limits: DeviceLimits): Program {
  return normalizing(norm, problem, limits, normTensors(norm, problem), [row, store].join('\n'));
}

/** The sum and its norm in one pass over memory. */
export function addNormProgram(
  norm: Norm,
  problem: RowsProblem,
  kept: boolean,
  limits: DeviceLimits,
): Program {
  const source = [sum, kept ? storeBoth : store].join('\n');
  return normalizing(norm, problem, limits, addNormTensors(norm, problem, kept), source);
}

/** The same as two kernels: the sum is written, then read again. */
export function addThenNormProgram(
  norm: Norm,
  problem: RowsProblem,
  kept: boolean,
  limits: DeviceLimits,
): Program {
  const { rows, cols, dtype } = problem;
  const { width, code } = lanesOf(rows * cols);
  const packs = (rows * cols) / width;
  const isOfSum = ({ name }: TensorSpec) => ['x', 'residual', 'sum'].includes(name);
  const { bindings, declarations } = bind(addNormTensors(norm, problem, true).filter(isOfSum));
  const addStage: Stage = {
    label: 'add',
    code: wgsl(dtype, grid, code, declarations, add),
    constants: { packs, threads: THREADS },
    bindings,
    workgroups: foldGrid(Math.ceil(packs / THREADS), limits),
  };
  const scratch: BufferSpec = { name: 'sum', role: 'scratch', dtype, length: rows * cols };
  const { stages } = rename(normProgram(norm, problem, limits), '', { x: 'sum' });
  return {
    buffers: [...tensorBuffers(addNormTensors(norm, problem, kept)), ...(kept ? [] : [scratch])],
    setup: [],
    stages: [addStage, ...stages],
  };
}
