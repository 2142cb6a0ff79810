import type { GraphDescription, GraphNode, HostTensor } from '../contract';
import type { AttentionProblem } from './attention-programs';

/** Attention in ONNX operators, as exporters write it. */
export function attentionGraph(
  { batch, heads, sequence, dim, dtype }: AttentionProblem,
  weights: readonly HostTensor[],
): GraphDescription {
  const width = heads * dim;
  const integers = (name: string, ...values: number[]): HostTensor => ({
    name,
    dtype: 'i64',
    dims: [values.length],
    data: BigInt64Array.from(values, BigInt),
  });
  const scale: HostTensor = { name: 'scale', dtype, dims: [], data: Float32Array.of(1 / Math.sqrt(dim)) };
  const perm = (...ints: number[]) => [{ name: 'perm', ints }];
  /** Rows of a part as [batch, heads, …], in the order that its product wants. */
  const split = (part: string, ...order: number[]): GraphNode[] => [
    { op: 'Reshape', inputs: [`${part}Rows`, 'byHead'], outputs: [`${part}ByToken`] },
    { op: 'Transpose', inputs: [`${part}ByToken`], outputs: [part], attributes: perm(...order) },
  ];
  return {
    name: 'attention',
    inputs: [{ name: 'qkv', dtype, dims: [batch * sequence, 3 * width] }],
    outputs: [{ name: 'y', dtype, dims: [batch * sequence, width] }],
    weights: [
      ...weights,
      integers('widths', width, width, width),
      integers('byHead', batch, sequence, heads, dim),
      integers('asRows', batch * sequence, width),
      scale,
    ],
    nodes: [
      {
        op: 'Split',
        inputs: ['qkv', 'widths'],
        outputs: ['queriesRows', 'keysRows', 'valuesRows'],
        attributes: [{ name: 'axis', int: 1 }],
      },
      ...split('queries', 0, 2, 1, 3),
      ...split('keys', 0, 2, 3, 1),
      ...split('values', 0, 2, 1, 3),
      { op: 'Mul', inputs: ['queries', 'scale'], outputs: ['scaledQueries'] },
      { op: 'MatMul', inputs: ['scaledQueries', 'keys'], outputs: ['scores'] },
      {
        op: 'Softmax',
        inputs: ['scores'],
        outputs: ['probabilities'],
        attributes: [{ name: 'axis', int: -1 }],
      },
      { op: 'MatMul', inputs: ['probabilities', 'values'], outputs: ['results'] },
      { op: 'Transpose', inputs: ['results'], outputs: ['byToken'], attributes: perm(0, 2, 1, 3) },
      { op: 'Reshape', inputs: ['byToken', 'asRows'], outputs: ['y'] },
    ],
  };
}
