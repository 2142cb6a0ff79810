import heads from '../../../shaders/attention/heads.wgsl?raw';
import scores from '../../../shaders/attention/scores.wgsl?raw';
import grid from '../../../shaders/common/grid.wgsl?raw';
import product from '../../../shaders/matmul/product.wgsl?raw';
import { LabError } from '../contract';
import { type Program, rename, type Stage, storageBytes } from '../gpu/program';
import { attentionGraph } from './attention-graph';
import { attentionReference } from './attention-reference';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { softmax } from './softmax';
import { attentionCode, attentionColumns, SLICE, TILE_QUERIES } from './templates/attentionCode';
import { declareMatrices, type Matrix, matrixBindings } from './templates/matrix';
import { accessFor, type Operand, productStage } from './templates/product';
import { tensorBuffers, tensorBytes } from './tensors';
import { type FloatDtype, floatDtype, wgsl } from './wgsl';

/** Multi-head self-attention over packed rows: see shaders/attention/heads.wgsl. */
export interface AttentionProblem {
  /** Sequences. */
  readonly batch: number;
  readonly heads: number;
  /** Tokens of a sequence. */
  readonly sequence: number;
  /** Columns of a head. */
  readonly dim: number;
  readonly dtype: FloatDtype;
}

/** Where heads lie in qkv and y, in the terms of heads.wgsl. */
const IN_QKV = { buffer: 'qkv', use: 'read', cols: 'DIM', stride: '3u * HEADS * DIM' } as const;
const QUERIES = { ...IN_QKV, name: 'queries', offset: 'head_offset(3u, 0u)' } as const;
const KEYS = { ...IN_QKV, name: 'keys', offset: 'head_offset(3u, 1u)' } as const;
const VALUES = { ...IN_QKV, name: 'values', offset: 'head_offset(3u, 2u)' } as const;
const RESULT = { use: 'write', cols: 'DIM', stride: 'HEADS * DIM', offset: 'head_offset(1u, 0u)' } as const;

/** Most quads of columns that a thread keeps; wider heads are split over workgroups. */
const MOST_COLUMN_QUADS = 4;

/**
 * softmax(queries·keysᵀ / √dim)·values for every head, in one dispatch and without storing the scores:
 * buffers `qkv` [batch·sequence, 3·heads·dim] and `y` [batch·sequence, heads·dim].
 */
export function attentionProgram(problem: AttentionProblem, limits: DeviceLimits): Program {
  const { batch, heads: headCount, sequence, dim, dtype } = problem;
  const blocks = Math.ceil(dim / attentionColumns(MOST_COLUMN_QUADS));
  const colQuads = Math.ceil(dim / blocks / attentionColumns(1));
  const whole =
    sequence % TILE_QUERIES === 0 && dim % SLICE === 0 && dim === blocks * attentionColumns(colQuads);
  const access = accessFor([dim], whole);
  const matrices: readonly Matrix[] = [
    { ...QUERIES, access, rows: 'SEQUENCE' },
    { ...KEYS, access, rows: 'SEQUENCE' },
    { ...VALUES, access, rows: 'SEQUENCE' },
    { ...RESULT, name: 'y', access, rows: 'SEQUENCE' },
  ];
  const tiles = Math.ceil(sequence / TILE_QUERIES);
  const stage: Stage = {
    label: 'attention',
    code: wgsl(dtype, grid, heads, declareMatrices(matrices), attentionCode(colQuads)),
    constants: {
      ...sizes(problem),
      BATCHES: batch * headCount,
      BLOCKS: blocks,
      SCALE: Math.LOG2E / Math.sqrt(dim),
    },
    bindings: matrixBindings(matrices),
    workgroups: foldGrid(batch * headCount * blocks * tiles, limits),
  };
  return { buffers: tensorBuffers(tensors(problem)), setup: [], stages: [stage] };
}

/**
 * The same as two products with the scores, and a softmax over them, stored between.
 * @throws LabError `limit-exceeded` when the scores do not fit into one buffer.
 */
export function attentionUnfusedProgram(problem: AttentionProblem, limits: DeviceLimits): Program {
  const { batch, heads: headCount, sequence, dim, dtype } = problem;
  const batches = batch * headCount;
  const length = batches * sequence ** 2;
  if (storageBytes(dtype, length) > limits.maxStorageBufferBindingSize) {
    throw new LabError(
      'limit-exceeded',
      `The scores take ${storageBytes(dtype, length)} bytes, and the device binds ${limits.maxStorageBufferBindingSize}.`,
      'Use the fused variant, or a shorter sequence or a smaller batch.',
    );
  }
  const square = { rows: 'SEQUENCE', cols: 'SEQUENCE', offset: 'batch * SEQUENCE * SEQUENCE' } as const;
  const first: readonly Operand[] = [
    { ...QUERIES, rows: 'SEQUENCE', aligned: [dim] },
    { ...KEYS, rows: 'SEQUENCE', aligned: [dim] },
    { ...square, name: 'scores', use: 'write', aligned: [sequence] },
  ];
  const second: readonly Operand[] = [
    { ...square, name: 'a', buffer: 'probabilities', use: 'read', aligned: [sequence] },
    { ...VALUES, name: 'b', rows: 'SEQUENCE', aligned: [dim] },
    { ...RESULT, name: 'c', buffer: 'y', rows: 'SEQUENCE', aligned: [dim] },
  ];
  const scale = { ...sizes(problem), SCALE: 1 / Math.sqrt(dim) };
  const qk = { m: sequence, k: dim, n: sequence, batches, layout: 'nk' } as const;
  const pv = { m: sequence, k: sequence, n: dim, batches, layout: 'kn' } as const;
  const rows = softmax.variants[0]!.program({ shape: [batches * sequence, sequence], dtype }, limits);
  return {
    buffers: [
      ...tensorBuffers(tensors(problem)),
      { name: 'scores', role: 'scratch', dtype, length },
      { name: 'probabilities', role: 'scratch', dtype, length },
    ],
    setup: [],
    stages: [
      productStage('scores', dtype, qk, heads + scores, first, limits, scale),
      ...rename(rows, '', { x: 'scores', y: 'probabilities' }).stages,
      productStage('values', dtype, pv, heads + product, second, limits, sizes(problem)),
    ],
  };
}

const sizes = ({ heads, sequence, dim }: AttentionProblem) => ({
  HEADS: heads,
  SEQUENCE: sequence,
  DIM: dim,
});

function tensors({ batch, heads, sequence, dim, dtype }: AttentionProblem): readonly TensorSpec[] {
  return [
    { name: 'qkv', role: 'input', dtype, dims: [batch * sequence, 3 * heads * dim] },
    { name: 'y', role: 'output', dtype, dims: [batch * sequence, heads * dim] },
  ];
}

function attentionProblem({ shape, dtype }: Problem): AttentionProblem {
  const [batch, heads, sequence, dim] = shape;
  return { batch: batch!, heads: heads!, sequence: sequence!, dim: dim!, dtype: floatDtype(dtype) };
}

export const attention: Kernel = {
  id: 'attention',
  title: 'Multi-head attention',
  dims: ['batch', 'heads', 'sequence', 'dim'],
  invalid: () => null,
  tensors: (problem) => tensors(attentionProblem(problem)),
  // Two products; then scale, maximum, difference, exponential, sum and division of each score.
  flops(problem) {
    const { batch, heads, sequence, dim } = attentionProblem(problem);
    return (4 * dim + 6) * batch * heads * sequence ** 2;
  },
  bytes: (problem) => tensorBytes(tensors(attentionProblem(problem))),
  reference: (problem, { qkv }, _output, elements) =>
    attentionReference(attentionProblem(problem), qkv!, elements),
  graph: (problem, weights) => attentionGraph(attentionProblem(problem), weights),
  variants: [
    {
      id: 'unfused',
      title: 'scores stored, softmax stored, then the values',
      kind: 'baseline',
      program: (problem, limits) => attentionUnfusedProgram(attentionProblem(problem), limits),
    },
    {
      id: 'fused',
      title: 'one pass over the keys with a running softmax, scores never stored',
      kind: 'optimised',
      program: (problem, limits) => attentionProgram(attentionProblem(problem), limits),
    },
  ],
  // One token, odd, exact tiles, one over in tokens and columns, heads wider than a workgroup's columns.
  conformanceShapes: [
    [1, 1, 1, 1],
    [2, 3, 5, 7],
    [1, 2, 64, 32],
    [2, 2, 65, 33],
    [1, 3, 100, 80],
    [1, 1, 129, 64],
    [1, 1, 67, 132],
    [3, 1, 33, 260],
  ],
};
