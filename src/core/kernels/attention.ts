import { attentionGraph } from './attention-graph';
import {
  type AttentionProblem,
  attentionProgram,
  attentionTensors,
  attentionUnfusedProgram,
} from './attention-programs';
import { attentionReference } from './attention-reference';
import type { Kernel, Problem } from './kernel';
import { tensorBytes } from './tensors';
import { floatDtype } from './wgsl';

function attentionProblem({ shape, dtype }: Problem): AttentionProblem {
  const [batch, heads, sequence, dim] = shape;
  return { batch: batch!, heads: heads!, sequence: sequence!, dim: dim!, dtype: floatDtype(dtype) };
}

export const attention: Kernel = {
  id: 'attention',
  title: 'Multi-head attention',
  dims: ['batch', 'heads', 'sequence', 'dim'],
  invalid: () => null,
  tensors: (problem) => attentionTensors(attentionProblem(problem)),
  // Two products; then scale, maximum, difference, exponential, sum and division of each score.
  flops(problem) {
    const { batch, heads, sequence, dim } = attentionProblem(problem);
    return (4 * dim + 6) * batch * heads * sequence ** 2;
  },
  flopsPerRow(problem) {
    const { sequence, dim } = attentionProblem(problem);
    return (4 * dim + 6) * sequence;
  },
  bytes: (problem) => tensorBytes(attentionTensors(attentionProblem(problem))),
  reference: (problem, { qkv }, _output, elements) =>
    attentionReference(attentionProblem(problem), qkv!, elements),
  graph: (problem, weights) => attentionGraph(attentionProblem(problem), weights),
  variants: [
    {
      id: 'unfused',
      title: 'scores stored, softmax stored, then the values',
      kind: 'baseline',
      program: (problem, limits) => attentionUnfusedProgram(attentionProblem(problem), limits),
    },
    {
      id: 'fused',
      title: 'one pass over the keys with a running softmax, scores never stored',
      kind: 'optimised',
      program: (problem, limits) => attentionProgram(attentionProblem(problem), limits),
    },
  ],
  // One token, odd, exact tiles, one over in tokens and columns, heads wider than a workgroup's columns,
  // many heads.
  conformanceShapes: [
    [1, 1, 1, 1],
    [2, 3, 5, 7],
    [1, 2, 64, 32],
    [2, 2, 65, 33],
    [1, 3, 100, 80],
    [1, 1, 129, 64],
    [1, 1, 67, 132],
    [3, 1, 33, 260],
    [1, 1, 64, 64],
    [8, 16, 65, 4],
  ],
};
