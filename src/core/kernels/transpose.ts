import type { Stage } from '../gpu/program';
import type { DeviceLimits, Kernel, Problem, TensorSpec, Variant } from './kernel';
import { gatherStage, type Permutation, permuteStage } from './permutation';
import { tensorBuffers, tensorBytes } from './tensors';
import { type FloatDtype, floatDtype } from './wgsl';

const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: shape },
  { name: 'y', role: 'output', dtype, dims: [shape[1]!, shape[0]!] },
];

type StageOf = (permutation: Permutation, dtype: FloatDtype, limits: DeviceLimits) => Stage;

const programOf =
  (stageOf: StageOf): Variant['program'] =>
  (problem, limits) => ({
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [stageOf({ dims: problem.shape, order: [1, 0] }, floatDtype(problem.dtype), limits)],
  });

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
      title: 'one element at a time, scattered reads',
      kind: 'baseline',
      program: programOf(gatherStage),
    },
    {
      id: 'tiled',
      title: '4×4 blocks in registers, or 32×32 tiles through workgroup memory',
      kind: 'optimised',
      program: programOf(permuteStage),
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
