import heads from '../../../shaders/attention/heads.wgsl?raw';
import scores from '../../../shaders/attention/scores.wgsl?raw';
import grid from '../../../shaders/common/grid.wgsl?raw';
import product from '../../../shaders/matmul/product.wgsl?raw';
import { LabError } from '../contract';
import { type Program, rename, type Stage, storageBytes } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, TensorSpec } from './kernel';
import { softmax } from './softmax';
import { attentionCode, attentionColumns, SLICE, TILE_QUERIES } from './templates/attentionCode';
import { declareMatrices, type Matrix, matrixBindings } from './templates/matrix';
import { accessFor, type Operand, productStage } from './templates/product';
import { tensorBuffers } from './tensors';
import { type FloatDtype, wgsl } from './wgsl';

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
  return { buffers: tensorBuffers(attentionTensors(problem)), setup: [], stages: [stage] };
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
      ...tensorBuffers(attentionTensors(problem)),
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

export function attentionTensors({
  batch,
  heads,
  sequence,
  dim,
  dtype,
}: AttentionProblem): readonly TensorSpec[] {
  return [
    { name: 'qkv', role: 'input', dtype, dims: [batch * sequence, 3 * heads * dim] },
    { name: 'y', role: 'output', dtype, dims: [batch * sequence, heads * dim] },
  ];
}
