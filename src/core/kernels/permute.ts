import type { Stage } from '../gpu/program';
import type { DeviceLimits, Kernel, Problem, TensorSpec, Variant } from './kernel';
import { gatherStage, type Permutation, permuteStage } from './permutation';
import { tensorBuffers, tensorBytes } from './tensors';
import { type FloatDtype, floatDtype } from './wgsl';

/**
 * The last number of a shape says the order: its digits are the axes of y, counted from one as a shape has no
 * zeros. 1324 swaps the two in the middle (ONNX's perm 0, 2, 1, 3). Fewer axes have ones in front:
 * the batched transposition of 64×512×512 is 1×64×512×512×1243.
 */
function permutationOf(shape: readonly number[]): Permutation {
  return { dims: shape.slice(0, 4), order: [...String(shape[4])].map((digit) => Number(digit) - 1) };
}

function tensors({ shape, dtype }: Problem): readonly TensorSpec[] {
  const { dims, order } = permutationOf(shape);
  return [
    { name: 'x', role: 'input', dtype, dims },
    { name: 'y', role: 'output', dtype, dims: order.map((axis) => dims[axis]!) },
  ];
}

type StageOf = (permutation: Permutation, dtype: FloatDtype, limits: DeviceLimits) => Stage;

const programOf =
  (stageOf: StageOf): Variant['program'] =>
  (problem, limits) => ({
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [stageOf(permutationOf(problem.shape), floatDtype(problem.dtype), limits)],
  });

/** Where in x an element of y comes from. */
function sourceOf({ dims, order }: Permutation): (element: number) => number {
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((a, b) => a * b, 1));
  return (element) => {
    let source = 0;
    let rest = element;
    for (const axis of order.toReversed()) {
      source += (rest % dims[axis]!) * strides[axis]!;
      rest = Math.floor(rest / dims[axis]!);
    }
    return source;
  };
}

export const permute: Kernel = {
  id: 'permute',
  title: 'Permutation of axes',
  dims: ['axis1', 'axis2', 'axis3', 'axis4', 'order'],
  invalid: (shape) =>
    [...String(shape[4])].toSorted().join('') === '1234'
      ? null
      : 'The order, the last number, has each of the digits 1 to 4 once: 1243 swaps the last two axes.',
  tensors,
  flops: () => 0,
  bytes: (problem) => tensorBytes(tensors(problem)),
  reference({ shape }, inputs, _output, elements) {
    const source = sourceOf(permutationOf(shape));
    return {
      values: Float64Array.from(elements, (i) => inputs.x![source(i)]!),
      bounds: new Float64Array(elements.length),
    };
  },
  graph(problem) {
    const [x, y] = tensors(problem);
    return {
      name: 'permute',
      inputs: [{ name: 'x', dtype: problem.dtype, dims: x!.dims }],
      outputs: [{ name: 'y', dtype: problem.dtype, dims: y!.dims }],
      weights: [],
      nodes: [
        {
          op: 'Transpose',
          inputs: ['x'],
          outputs: ['y'],
          attributes: [{ name: 'perm', ints: permutationOf(problem.shape).order }],
        },
      ],
    };
  },
  variants: [
    {
      id: 'naive',
      title: 'one element at a time, scattered reads',
      kind: 'baseline',
      program: programOf(gatherStage),
    },
    {
      id: 'tiled',
      title: '16-byte moves where the innermost axis stays, else blocks or tiles transposed',
      kind: 'optimised',
      program: programOf(permuteStage),
    },
  ],
  // All stays; runs, of vec4 and odd; planes inside and around others, in blocks and odd; thin; all reversed.
  conformanceShapes: [
    [2, 3, 4, 5, 1234],
    [2, 3, 5, 8, 1324],
    [3, 5, 4, 7, 3214],
    [1, 3, 36, 68, 1243],
    [3, 20, 2, 36, 1432],
    [2, 40, 3, 136, 1432],
    [1, 8, 2, 72, 1432],
    [1, 80, 2, 16, 1432],
    [2, 68, 3, 20, 3421],
    [20, 2, 3, 68, 4321],
    [1, 2, 130, 3, 1432],
    [5, 33, 2, 34, 2413],
    [17, 3, 2, 33, 4321],
    [4, 3, 2, 8, 4321],
    [3, 2, 2, 33, 4321],
  ],
};
