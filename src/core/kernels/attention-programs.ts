import heads from '../../../shaders/attention/heads.wgsl?raw';
import loadScores from '../../../shaders/attention/load-scores.wgsl?raw';
import storeScores from '../../../shaders/attention/store-scores.wgsl?raw';
import grid from '../../../shaders/common/grid.wgsl?raw';
import loadProduct from '../../../shaders/matmul/load.wgsl?raw';
import plainRows from '../../../shaders/matmul/plain-rows.wgsl?raw';
import storeProduct from '../../../shaders/matmul/store.wgsl?raw';
import { LabError } from '../contract';
import { type Program, rename, type Stage, storageBytes } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, TensorSpec } from './kernel';
import { softmax } from './softmax';
import {
  type AttentionTile,
  attentionBytes,
  attentionCode,
  attentionColumns,
  attentionQueries,
  TILE_KEYS,
} from './templates/attentionCode';
import { declareMatrices, type Matrix, matrixBindings } from './templates/matrix';
import { accessFor, type Operand, productProgram } from './templates/product';
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
const MOST_COLUMN_QUADS = 2;

/** At least two for each multiprocessor of a large GPU (132 on an H200). */
const ENOUGH_WORKGROUPS = 256;

/** From the largest on; the last fits every device. */
const tilesFor = (colQuads: 1 | 2): readonly AttentionTile[] => {
  const small: AttentionTile = { threads: 128, rowQuads: 1, colQuads, slice: colQuads === 1 ? 32 : 16 };
  return [{ ...small, threads: 256, rowQuads: 2, slice: 32 }, { ...small, rowQuads: 2 }, small];
};

/** The largest tile that the device allows and that still occupies a large GPU; else the smallest. */
function chooseTile(problem: AttentionProblem, limits: DeviceLimits): AttentionTile {
  const { batch, heads, sequence, dim } = problem;
  const tiles = tilesFor(dim <= attentionColumns({ colQuads: 1 }) ? 1 : MOST_COLUMN_QUADS);
  const suited = tiles.find(
    (tile) =>
      tile.threads <= limits.maxComputeInvocationsPerWorkgroup &&
      attentionBytes(tile) <= limits.maxComputeWorkgroupStorageSize &&
      batch * heads * Math.ceil(sequence / attentionQueries(tile)) >= ENOUGH_WORKGROUPS,
  );
  return suited ?? tiles.at(-1)!;
}

/**
 * softmax(queries·keysᵀ / √dim)·values for every head, in one dispatch and without storing the scores:
 * buffers `qkv` [batch·sequence, 3·heads·dim] and `y` [batch·sequence, heads·dim].
 * @param tile how much a workgroup computes; chosen by the shape unless given.
 */
export function attentionProgram(
  problem: AttentionProblem,
  limits: DeviceLimits,
  tile: AttentionTile = chooseTile(problem, limits),
): Program {
  const { batch, heads: headCount, sequence, dim, dtype } = problem;
  const columns = attentionColumns(tile);
  const queries = attentionQueries(tile);
  const blocks = Math.ceil(dim / columns);
  const whole =
    sequence % Math.max(TILE_KEYS, queries) === 0 && dim % tile.slice === 0 && dim === blocks * columns;
  const access = accessFor([dim], whole);
  const matrices: readonly Matrix[] = [
    { ...QUERIES, access, rows: 'SEQUENCE' },
    { ...KEYS, access, rows: 'SEQUENCE' },
    { ...VALUES, access, rows: 'SEQUENCE' },
    { ...RESULT, name: 'y', access, rows: 'SEQUENCE' },
  ];
  const tiles = Math.ceil(sequence / queries);
  const stage: Stage = {
    label: 'attention',
    code: wgsl(dtype, grid, heads, declareMatrices(matrices), attentionCode(tile)),
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
  const result: Operand = { ...RESULT, name: 'c', buffer: 'y', rows: 'SEQUENCE', aligned: [dim] };
  const first = productProgram(
    {
      label: 'scores',
      dtype,
      product: { m: sequence, k: dim, n: sequence, batches, layout: 'nk' },
      loads: {
        code: [heads, plainRows, loadScores],
        operands: [
          { ...QUERIES, rows: 'SEQUENCE', aligned: [dim] },
          { ...KEYS, rows: 'SEQUENCE', aligned: [dim] },
        ],
        constants: sizes(problem),
      },
      store: {
        code: [heads, storeScores],
        operands: [{ ...square, name: 'scores', use: 'write', aligned: [sequence] }],
        constants: { ...sizes(problem), SCALE: 1 / Math.sqrt(dim) },
      },
    },
    limits,
  );
  const second = productProgram(
    {
      label: 'values',
      dtype,
      product: { m: sequence, k: sequence, n: dim, batches, layout: 'kn' },
      loads: {
        code: [heads, plainRows, loadProduct],
        operands: [
          { ...square, name: 'a', buffer: 'probabilities', use: 'read', aligned: [sequence] },
          { ...VALUES, name: 'b', rows: 'SEQUENCE', aligned: [dim] },
        ],
        constants: sizes(problem),
      },
      store: { code: [heads, storeProduct], operands: [result], constants: sizes(problem) },
    },
    limits,
  );
  const rows = softmax.variants[0]!.program({ shape: [batches * sequence, sequence], dtype }, limits);
  return {
    buffers: [
      ...tensorBuffers(attentionTensors(problem)),
      { name: 'scores', role: 'scratch', dtype, length },
      { name: 'probabilities', role: 'scratch', dtype, length },
      ...first.buffers,
      ...second.buffers,
    ],
    setup: [],
    stages: [
      ...first.stages,
      ...rename(rows, '', { x: 'scores', y: 'probabilities' }).stages,
      ...second.stages,
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
