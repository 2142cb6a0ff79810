import grid from '../../../shaders/common/grid.wgsl?raw';
import blocks from '../../../shaders/transpose/blocks.wgsl?raw';
import naive from '../../../shaders/transpose/naive.wgsl?raw';
import tiled from '../../../shaders/transpose/tiled.wgsl?raw';
import type { Program, Stage } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { tensorBuffers, tensorBytes } from './tensors';
import { floatDtype, wgsl } from './wgsl';

const NAIVE_THREADS = 256;

const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: shape },
  { name: 'y', role: 'output', dtype, dims: [shape[1]!, shape[0]!] },
];

function program(problem: Problem, stage: Omit<Stage, 'bindings'>): Program {
  return {
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [
      {
        ...stage,
        bindings: [
          { buffer: 'x', access: 'read' },
          { buffer: 'y', access: 'write' },
        ],
      },
    ],
  };
}

function naiveProgram(problem: Problem, limits: DeviceLimits): Program {
  const [rows, cols] = [problem.shape[0]!, problem.shape[1]!];
  return program(problem, {
    label: 'transpose naive',
    code: wgsl(floatDtype(problem.dtype), grid, naive),
    constants: { rows, cols, threads: NAIVE_THREADS },
    workgroups: foldGrid(Math.ceil((rows * cols) / NAIVE_THREADS), limits),
  });
}

/** Blocks of 4×4 in registers where both sizes divide by four, else tiles through workgroup memory. */
function tiledProgram(problem: Problem, limits: DeviceLimits): Program {
  const [rows, cols] = [problem.shape[0]!, problem.shape[1]!];
  const dtype = floatDtype(problem.dtype);
  const inBlocks = rows % 4 === 0 && cols % 4 === 0;
  const tile = inBlocks ? 64 : 32;
  return program(problem, {
    label: 'transpose tiled',
    code: wgsl(dtype, grid, inBlocks ? blocks : tiled),
    constants: inBlocks ? { block_rows: rows / 4, block_cols: cols / 4 } : { rows, cols },
    workgroups: foldGrid(Math.ceil(rows / tile) * Math.ceil(cols / tile), limits),
  });
}

export const transpose: Kernel = {
  id: 'transpose',
  title: 'Transposition',
  dims: ['rows', 'cols'],
  invalid: () => null,
  tensors,
  flops: () => 0,
  bytes: (problem) => tensorBytes(tensors(problem)),
  reference({ shape }, inputs, _output, elements) {
    const [rows, cols] = [shape[0]!, shape[1]!];
    const values = Float64Array.from(elements, (i) => inputs.x![(i % rows) * cols + Math.floor(i / rows)]!);
    return { values, bounds: new Float64Array(elements.length) };
  },
  graph: ({ shape, dtype }) => ({
    name: 'transpose',
    inputs: [{ name: 'x', dtype, dims: shape }],
    outputs: [{ name: 'y', dtype, dims: [shape[1]!, shape[0]!] }],
    weights: [],
    nodes: [{ op: 'Transpose', inputs: ['x'], outputs: ['y'], attributes: [{ name: 'perm', ints: [1, 0] }] }],
  }),
  variants: [
    {
      id: 'naive',
      title: 'one element an invocation, scattered writes',
      kind: 'baseline',
      program: naiveProgram,
    },
    {
      id: 'tiled',
      title: '4×4 blocks in registers, or 32×32 tiles through workgroup memory',
      kind: 'optimised',
      program: tiledProgram,
    },
  ],
  // One element, thin both ways, odd, tiles met exactly and passed by one, blocks met and passed by one.
  conformanceShapes: [
    [1, 1],
    [1, 37],
    [65, 1],
    [33, 70],
    [32, 64],
    [31, 33],
    [64, 128],
    [68, 132],
    [4, 4],
  ],
};
