import type { Kernel, Problem, TensorSpec } from './kernel';
import { rowsStage } from './reduction';
import { productBound } from './reference';
import { tensorBuffers, tensorBytes } from './tensors';
import { floatDtype } from './wgsl';

/** Elements that a workgroup reads for the one that it writes. */
const SPAN = 16_384;

const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: shape },
  { name: 'y', role: 'output', dtype, dims: [Math.ceil(shape[0]! / SPAN)] },
];

/** The probe for what reading alone can do: the sum of every 16,384 elements, so that nothing can be left out. */
export const read: Kernel = {
  id: 'read',
  title: 'Read',
  dims: ['elements'],
  invalid: () => null,
  tensors,
  flops: ({ shape }) => shape[0]!,
  bytes: (problem) => tensorBytes(tensors(problem)),
  reference({ shape, dtype }, inputs, _output, elements) {
    const values = new Float64Array(elements.length);
    const bounds = new Float64Array(elements.length);
    for (const [k, element] of elements.entries()) {
      const terms = inputs.x!.subarray(element * SPAN, Math.min((element + 1) * SPAN, shape[0]!));
      const sum = terms.reduce((total, x) => total + x, 0);
      const magnitude = terms.reduce((total, x) => total + Math.abs(x), 0);
      values[k] = sum;
      bounds[k] = productBound(floatDtype(dtype), terms.length, magnitude, sum);
    }
    return { values, bounds };
  },
  /** ONNX has no sum of parts of a vector. */
  graph: () => null,
  variants: [
    {
      id: 'vec4',
      title: 'four 16-byte loads in flight a lane',
      kind: 'optimised',
      program(problem, limits) {
        const x = { rows: 1, cols: problem.shape[0]!, dtype: floatDtype(problem.dtype) };
        return {
          buffers: tensorBuffers(tensors(problem)),
          setup: [],
          stages: [rowsStage({ ...x, span: SPAN, x: 'x', y: 'y' }, limits)],
        };
      },
    },
  ],
  conformanceShapes: [[1], [1023], [16_384], [16_385], [40_000]],
};
