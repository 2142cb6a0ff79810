import grid from '../../../shaders/common/grid.wgsl?raw';
import writeCode from '../../../shaders/write/write.wgsl?raw';
import { foldGrid } from './grid';
import type { Kernel, Problem, TensorSpec } from './kernel';
import { lanesOf } from './row';
import { tensorBuffers, tensorBytes } from './tensors';
import { floatDtype, wgsl } from './wgsl';

const THREADS = 256;

const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: [1] },
  { name: 'y', role: 'output', dtype, dims: shape },
];

/** The probe for what writing alone can do: one value everywhere. */
export const write: Kernel = {
  id: 'write',
  title: 'Write',
  dims: ['elements'],
  invalid: () => null,
  tensors,
  flops: () => 0,
  bytes: (problem) => tensorBytes(tensors(problem)),
  reference: (_problem, inputs, _output, elements) => ({
    values: Float64Array.from(elements, () => inputs.x![0]!),
    bounds: new Float64Array(elements.length),
  }),
  /** A runtime may keep an expanded value as it is, so there is nothing to compare with. */
  graph: () => null,
  variants: [
    {
      id: 'vec4',
      title: 'four elements an invocation',
      kind: 'optimised',
      program(problem, limits) {
        const length = problem.shape[0]!;
        const { width, code } = lanesOf(length);
        const packs = length / width;
        return {
          buffers: tensorBuffers(tensors(problem)),
          setup: [],
          stages: [
            {
              label: 'write',
              code: wgsl(floatDtype(problem.dtype), grid, code, writeCode),
              constants: { packs, threads: THREADS },
              bindings: [
                { buffer: 'x', access: 'read' },
                { buffer: 'y', access: 'write' },
              ],
              workgroups: foldGrid(Math.ceil(packs / THREADS), limits),
            },
          ],
        };
      },
    },
  ],
  conformanceShapes: [[1], [1023], [4096], [4097]],
};
