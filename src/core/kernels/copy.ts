import grid from '../../../shaders/common/grid.wgsl?raw';
import copyCode from '../../../shaders/copy/copy.wgsl?raw';
import type { Program } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { movesOf } from './row';
import { tensorBuffers, tensorBytes } from './tensors';
import { floatDtype, wgsl } from './wgsl';

const THREADS = 256;

const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: shape },
  { name: 'y', role: 'output', dtype, dims: shape },
];

function copyProgram(problem: Problem, limits: DeviceLimits): Program {
  const length = problem.shape[0]!;
  const dtype = floatDtype(problem.dtype);
  const { width, code } = movesOf(length, dtype);
  const packs = length / width;
  return {
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [
      {
        label: 'copy',
        code: wgsl(dtype, grid, code, copyCode),
        constants: { packs, threads: THREADS },
        bindings: [
          { buffer: 'x', access: 'read' },
          { buffer: 'y', access: 'write' },
        ],
        workgroups: foldGrid(Math.ceil(packs / THREADS), limits),
      },
    ],
  };
}

/** The probe for the bandwidth ceiling: one read and one write of every byte. */
export const copy: Kernel = {
  id: 'copy',
  title: 'Copy',
  dims: ['elements'],
  invalid: () => null,
  tensors,
  flops: () => 0,
  bytes: (problem) => tensorBytes(tensors(problem)),
  reference: (_problem, inputs, _output, elements) => ({
    values: Float64Array.from(elements, (i) => inputs.x![i]!),
    bounds: new Float64Array(elements.length),
  }),
  /** A runtime may hand an Identity's input on instead of copying it, so there is nothing to compare with. */
  graph: () => null,
  variants: [
    {
      id: 'vec4',
      title: '16 bytes an invocation',
      kind: 'optimised',
      program: copyProgram,
    },
  ],
  conformanceShapes: [[1], [3], [4], [1023], [1024], [4096], [4097], [5000]],
};
