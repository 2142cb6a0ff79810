import grid from '../../../shaders/common/grid.wgsl?raw';
import fmaCode from '../../../shaders/fma/fma.wgsl?raw';
import type { Program } from '../gpu/program';
import { foldGrid } from './grid';
import type { DeviceLimits, Kernel, Problem, TensorSpec } from './kernel';
import { UNIT_ROUNDOFF } from './reference';
import { tensorBuffers, tensorBytes } from './tensors';
import { type FloatDtype, floatDtype, wgsl } from './wgsl';

const THREADS = 128;
/** Numbers an invocation works on: the shader's eight chains of vec4, which start at 0, ¼, ½, … 7¾. */
const CHAINS = 32;
const MEAN_START = 3.875;
const LARGEST_START = 7.75;

/**
 * 1 − decay: what a chain closes in on its limit in a step. Small, so that a lost iteration shows in the
 * result, but well above the unit roundoff, since rounding errors add up over 1/PULL steps. A power of two,
 * so that decay and pull are exact.
 */
const PULL: Readonly<Record<FloatDtype, number>> = { f32: 2 ** -10, f16: 2 ** -4 };

const tensors = ({ shape, dtype }: Problem): readonly TensorSpec[] => [
  { name: 'x', role: 'input', dtype, dims: [shape[0]!] },
  { name: 'y', role: 'output', dtype, dims: [shape[0]!] },
];

function fmaProgram(problem: Problem, limits: DeviceLimits): Program {
  const dtype = floatDtype(problem.dtype);
  const [invocations, iterations] = [problem.shape[0]!, problem.shape[1]!];
  return {
    buffers: tensorBuffers(tensors(problem)),
    setup: [],
    stages: [
      {
        label: 'fma',
        code: wgsl(dtype, grid, fmaCode),
        constants: { threads: THREADS, invocations, iterations, decay: 1 - PULL[dtype] },
        bindings: [
          { buffer: 'x', access: 'read' },
          { buffer: 'y', access: 'write' },
        ],
        workgroups: foldGrid(Math.ceil(invocations / THREADS), limits),
      },
    ],
  };
}

/** The probe for the arithmetic ceiling, and the witness of the GPU's clock. Calculates in the stored type. */
export const fma: Kernel = {
  id: 'fma',
  title: 'Fused multiply-add',
  dims: ['invocations', 'iterations'],
  invalid: () => null,
  tensors,
  flops: ({ shape }) => 2 * CHAINS * shape[0]! * shape[1]!,
  bytes: (problem) => tensorBytes(tensors(problem)),
  /** v ← v·d + x·(1 − d) from s is s·dⁿ + x·(1 − dⁿ) after n steps; y is the mean over the chains. */
  reference({ shape, dtype: problemDtype }, inputs, _output, elements) {
    const dtype = floatDtype(problemDtype);
    const iterations = shape[1]!;
    const left = (1 - PULL[dtype]) ** iterations;
    // Two roundings a step, each forgotten over 1/PULL steps; six more make the mean.
    const roundings = 2 * Math.min(iterations, 1 / PULL[dtype]) + 6;
    const values = new Float64Array(elements.length);
    const bounds = new Float64Array(elements.length);
    for (const [k, element] of elements.entries()) {
      const x = inputs.x![element]!;
      values[k] = MEAN_START * left + x * (1 - left);
      bounds[k] = roundings * UNIT_ROUNDOFF[dtype] * Math.max(LARGEST_START, Math.abs(x));
    }
    return { values, bounds };
  },
  /** ONNX has no loop of multiply-adds that a runtime would keep in registers. */
  graph: () => null,
  variants: [
    {
      id: 'vec4',
      title: 'eight independent chains of vec4 an invocation',
      kind: 'optimised',
      program: fmaProgram,
    },
  ],
  conformanceShapes: [
    [1, 1],
    [255, 2],
    [256, 7],
    [257, 33],
    [300, 1000],
  ],
};
