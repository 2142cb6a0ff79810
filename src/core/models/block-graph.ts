import type { BlockConfig, Dtype, GraphDescription, GraphNode, HostTensor } from '../contract';
import { checkBlock, LAYER_NORM_EPSILON, layerNames } from './block';

const HEADS_SHAPE = 'heads.shape';
const HIDDEN_SHAPE = 'hidden.shape';
const SCALE = 'attention.scale';

/**
 * The block as an ONNX graph: input x and output y are [batch, sequence, hidden] with batch free. Written with
 * the operators that onnxruntime fuses or has kernels for: LayerNormalization (opset 17), MatMul and Add,
 * attention as Split, Reshape, Transpose, MatMul, Softmax, and SiLU as Sigmoid and Mul.
 */
export function blockGraph(
  config: BlockConfig,
  dtype: Dtype,
  weights: readonly HostTensor[],
): GraphDescription {
  const { hidden, heads, layers, sequence } = config;
  const storage = checkBlock(config, dtype);
  const dims = ['batch', sequence, hidden];
  const shape = (name: string, ...sizes: readonly bigint[]): HostTensor => ({
    name,
    dtype: 'i64',
    dims: [sizes.length],
    data: BigInt64Array.from(sizes),
  });
  const edge = (layer: number) => (layer === 0 ? 'x' : layer === layers ? 'y' : `layer${layer}.x`);
  return {
    name: 'transformer block',
    inputs: [{ name: 'x', dtype: storage, dims }],
    outputs: [{ name: 'y', dtype: storage, dims }],
    weights: [
      ...weights,
      // 0 keeps the input's size on that axis.
      shape(HEADS_SHAPE, 0n, 0n, BigInt(heads), BigInt(hidden / heads)),
      shape(HIDDEN_SHAPE, 0n, 0n, BigInt(hidden)),
      { name: SCALE, dtype: storage, dims: [], data: new Float32Array([1 / Math.sqrt(hidden / heads)]) },
    ],
    nodes: Array.from({ length: layers }, (_, layer) =>
      layerNodes(layer, edge(layer), edge(layer + 1)),
    ).flat(),
  };
}

function layerNodes(layer: number, x: string, y: string): GraphNode[] {
  const weight = layerNames(layer);
  const nodes: GraphNode[] = [];
  /** Adds a node and gives the name of its output back. */
  const add = (
    op: string,
    output: string,
    inputs: readonly string[],
    attributes: NonNullable<GraphNode['attributes']> = [],
  ) => {
    nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  };
  const local = (name: string) => `layer${layer}.${name}`;
  const norm = (output: string, ...inputs: readonly string[]) =>
    add('LayerNormalization', local(output), inputs, [
      { name: 'axis', int: -1 },
      { name: 'epsilon', float: LAYER_NORM_EPSILON },
    ]);
  const linear = (output: string, input: string, matrix: string, bias: string) =>
    add('Add', local(output), [add('MatMul', local(`${output}.product`), [input, matrix]), bias]);
  const transpose = (output: string, input: string, ...perm: readonly number[]) =>
    add('Transpose', local(output), [input], [{ name: 'perm', ints: perm }]);
  /** [batch, sequence, hidden] → [batch, heads, …] in the order asked for. */
  const byHead = (name: string, ...perm: readonly number[]) =>
    transpose(`${name}.heads`, add('Reshape', local(`${name}.split`), [local(name), HEADS_SHAPE]), ...perm);

  const qkv = linear(
    'qkv',
    norm('norm1', x, weight.norm1Gamma, weight.norm1Beta),
    weight.qkvWeight,
    weight.qkvBias,
  );
  nodes.push({
    op: 'Split',
    inputs: [qkv],
    outputs: [local('q'), local('k'), local('v')],
    attributes: [{ name: 'axis', int: -1 }],
  });
  const q = add('Mul', local('q.scaled'), [byHead('q', 0, 2, 1, 3), SCALE]);
  const scores = add('MatMul', local('scores'), [q, byHead('k', 0, 2, 3, 1)]);
  const shares = add('Softmax', local('shares'), [scores], [{ name: 'axis', int: -1 }]);
  const mixed = add('MatMul', local('mixed'), [shares, byHead('v', 0, 2, 1, 3)]);
  const attention = add('Reshape', local('attention'), [
    transpose('mixed.tokens', mixed, 0, 2, 1, 3),
    HIDDEN_SHAPE,
  ]);
  const h = add('Add', local('h'), [x, linear('out', attention, weight.outWeight, weight.outBias)]);

  const normed = norm('norm2', h, weight.norm2Gamma, weight.norm2Beta);
  const gate = add('MatMul', local('gate'), [normed, weight.gateWeight]);
  const silu = add('Mul', local('silu'), [gate, add('Sigmoid', local('sigmoid'), [gate])]);
  const gated = add('Mul', local('gated'), [silu, add('MatMul', local('up'), [normed, weight.upWeight])]);
  add('Add', y, [h, linear('down', gated, weight.downWeight, weight.downBias)]);
  return nodes;
}
