/**
 * Arithmetic and memory traffic of any ONNX model, without inferring shapes: the model is run once with every
 * intermediate tensor as an output, and its nodes are counted from the shapes that came out.
 *
 * What is approximate: everything but products counts one operation an element; a tensor is read once and
 * written once by each node that touches it, as if no two nodes were fused; elements of activations have the
 * size of the model's first floating-point input; nodes inside If, Loop and Scan bodies are not seen.
 */
import { elementCount } from '../contract';
import { dimsOf, intAttribute, type NodeProto, onnx, type TensorProto, weights } from './proto';
import { readModel } from './read';

export type Shapes = Readonly<Record<string, readonly number[]>>;

/** Work of a run at the batch size whose shapes were counted. */
export interface ModelWork {
  readonly flops: number;
  /** Bytes of weights read: once a run, whatever the batch. */
  readonly weightBytes: number;
  /** Bytes of activations read and written: grow with the batch. */
  readonly activationBytes: number;
}

/** Work at `scale` times the batch that was counted. */
export function workAt(work: ModelWork, scale: number): { flops: number; bytes: number } {
  return { flops: work.flops * scale, bytes: work.weightBytes + work.activationBytes * scale };
}

/**
 * The same model with every intermediate tensor among its outputs. Nothing is decoded and written anew: protobuf
 * merges a message that comes twice, so a second `graph` with the outputs to add is put behind the file.
 * (https://protobuf.dev/programming-guides/encoding/#last-one-wins)
 */
export function exposeIntermediates(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { graph } = readModel(bytes);
  const known = new Set([...weights(graph).keys(), ...(graph.output ?? []).map((value) => value.name), '']);
  const output = (graph.node ?? [])
    .flatMap((node) => node.output ?? [])
    .filter((name) => !known.has(name))
    .map((name) => ({ name }));
  const addition = onnx.ModelProto.encode({ graph: { output } }).finish();
  const exposed = new Uint8Array(bytes.length + addition.length);
  exposed.set(bytes);
  exposed.set(addition, bytes.length);
  return exposed;
}

/** @param shapes of the model's inputs and of all tensors that `exposeIntermediates` gave. */
export function countWork(bytes: Uint8Array, shapes: Shapes): ModelWork {
  const { graph, signature } = readModel(bytes);
  const table = weights(graph);
  const float = signature.inputs.find(({ dtype }) => dtype === 'f16' || dtype === 'f32');
  const elementBytes = float?.dtype === 'f16' ? 2 : 4;
  const shapeOf = (name = '') => shapes[name] ?? (table.has(name) ? dimsOf(table.get(name)!) : []);
  const readWeights = new Set<TensorProto>();
  let flops = 0;
  let activations = 0;
  for (const node of graph.node ?? []) {
    flops += nodeFlops(node, shapeOf);
    if (FREE.has(node.opType ?? '')) continue;
    for (const [i, name] of (node.input ?? []).entries()) {
      // Of an embedding only the rows asked for are read: as many as are written.
      const gathered = node.opType === 'Gather' && i === 0;
      const weight = table.get(name);
      if (gathered) activations += elementCount(shapeOf(node.output?.[0]));
      else if (weight) readWeights.add(weight);
      else if (name) activations += elementCount(shapeOf(name));
    }
    for (const name of node.output ?? []) activations += elementCount(shapeOf(name));
  }
  let weightBytes = 0;
  for (const weight of readWeights) weightBytes += elementCount(dimsOf(weight)) * elementSize(weight);
  return { flops, weightBytes, activationBytes: activations * elementBytes };
}

/** Nodes that runtimes do without touching the data. */
const FREE = new Set([
  'Constant',
  'Dropout',
  'Flatten',
  'Identity',
  'Reshape',
  'Shape',
  'Squeeze',
  'Unsqueeze',
]);

/** Nodes that move data without computing. */
const MOVES = new Set([
  'Cast',
  'Concat',
  'ConstantOfShape',
  'DepthToSpace',
  'Expand',
  'Gather',
  'GatherElements',
  'GatherND',
  'Pad',
  'Range',
  'ScatterElements',
  'ScatterND',
  'Slice',
  'SpaceToDepth',
  'Split',
  'Tile',
  'Transpose',
]);

type ShapeOf = (name?: string) => readonly number[];

/** A multiplication and an addition count as two. */
function nodeFlops(node: NodeProto, shapeOf: ShapeOf): number {
  const op = node.opType ?? '';
  const [x, w, r] = node.input ?? [];
  const output = elementCount(shapeOf(node.output?.[0]));
  switch (op) {
    case 'Conv':
    case 'ConvInteger':
      // Weight [outputs, inputs ÷ groups, …kernel]: one output element sums all but its first dimension.
      return 2 * output * elementCount(shapeOf(w).slice(1));
    case 'ConvTranspose':
      // Weight [inputs, outputs ÷ groups, …kernel]: one input element is spread over all but its first dimension.
      return 2 * elementCount(shapeOf(x)) * elementCount(shapeOf(w).slice(1));
    case 'MatMul':
    case 'MatMulInteger':
      return 2 * output * (shapeOf(x).at(-1) ?? 1);
    case 'Gemm':
      return 2 * output * (shapeOf(x)[intAttribute(node, 'transA') ? 0 : 1] ?? 1);
    case 'RNN':
    case 'GRU':
    case 'LSTM': {
      // Input [sequence, batch, …]; every token goes through both weights.
      const [sequence = 1, batch = 1] = shapeOf(x);
      return 2 * sequence * batch * (elementCount(shapeOf(w)) + elementCount(shapeOf(r)));
    }
    default:
      if (FREE.has(op) || MOVES.has(op)) return 0;
      // A reduction works on what it reads, a broadcast on what it writes.
      return Math.max(output, elementCount(shapeOf(x)));
  }
}

/** Bytes an element of a stored weight takes. */
function elementSize(tensor: TensorProto): number {
  const types = onnx.TensorProto.DataType;
  switch (tensor.dataType) {
    case types.INT8:
    case types.UINT8:
    case types.BOOL:
      return 1;
    case types.FLOAT16:
    case types.BFLOAT16:
    case types.INT16:
    case types.UINT16:
      return 2;
    case types.DOUBLE:
    case types.INT64:
    case types.UINT64:
      return 8;
    default:
      return 4;
  }
}
