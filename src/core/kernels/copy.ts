import grid from '../../../shaders/common/grid.wgsl?raw';
import copyCode from '../../../shaders/copy/copy.wgsl?raw';
import { type Program, payloadBytes } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem } from './kernel';
import { lanesOf } from './row';
import { floatDtype, wgsl } from './wgsl';

const THREADS = 256;
/** `MOVES` of the shader. */
const PACKS_A_LANE = 4;

function copyProgram({ shape, dtype }: Problem, limits: DeviceLimits): Program {
  const length = shape[0]!;
  const { width, code } = lanesOf(length);
  const packs = length / width;
  return {
    buffers: [
      { name: 'x', role: 'input', dtype, length },
      { name: 'y', role: 'output', dtype, length },
    ],
    setup: [],
    stages: [
      {
        label: 'copy',
        code: wgsl(floatDtype(dtype), grid, code, copyCode),
        constants: { packs, threads: THREADS },
        bindings: [
          { buffer: 'x', access: 'read' },
          { buffer: 'y', access: 'write' },
        ],
        workgroups: foldGrid(Math.ceil(packs / (THREADS * PACKS_A_LANE)), limits),
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
  tensors: ({ shape, dtype }) => [
    { name: 'x', role: 'input', dtype, dims: shape },
    { name: 'y', role: 'output', dtype, dims: shape },
  ],
  flops: () => 0,
  bytes: ({ shape, dtype }) => payloadBytes(dtype, 2 * shape[0]!),
  reference: (_problem, inputs, _output, elements) => ({
    values: Float64Array.from(elements, (i) => inputs.x![i]!),
    bounds: new Float64Array(elements.length),
  }),
  /** A runtime may hand an Identity's input on instead of copying it, so there is nothing to compare with. */
  graph: () => null,
  variants: [
    {
      id: 'vec4',
      title: 'four 16-byte moves in flight a lane',
      kind: 'optimised',
      program: copyProgram,
    },
  ],
  conformanceShapes: [[1], [3], [4], [1023], [1024], [4096], [4097], [5000]],
};
