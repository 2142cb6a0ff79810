/** ONNX's protobuf messages (onnx.proto3, operators untyped) and what the rest of this folder needs of them. */
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import type { HostTensor } from '../contract';

export const { onnx } = onnxProto;

export type AttributeProto = Onnx.IAttributeProto;
export type ModelProto = Onnx.IModelProto;
export type GraphProto = Onnx.IGraphProto;
export type NodeProto = Onnx.INodeProto;
export type TensorProto = Onnx.ITensorProto;
export type ValueInfoProto = Onnx.IValueInfoProto;

/** Element types of `TensorProto.DataType` that the lab can make inputs of. */
export const ELEMENT_TYPES: Readonly<Record<HostTensor['dtype'], number>> = {
  f32: 1,
  u8: 2,
  i8: 3,
  i32: 6,
  i64: 7,
  bool: 9,
  f16: 10,
  f64: 11,
};

/** A protobuf int64: a number, or an object of the `long` library where that is installed (Node). */
export function int64(value: unknown): number {
  if (typeof value === 'object' && value !== null && 'toNumber' in value) {
    return (value as { toNumber(): number }).toNumber();
  }
  return Number(value ?? 0);
}

/** An integer attribute of a node, or null when it is not written. */
export function intAttribute(node: NodeProto, name: string): number | null {
  const attribute = node.attribute?.find((a) => a.name === name);
  return attribute ? int64(attribute.i) : null;
}

/**
 * Every weight of a graph by name: initialisers, and the outputs of `Constant` nodes, where some
 * exporters (Paddle) keep all of them.
 */
export function weights(graph: GraphProto): ReadonlyMap<string, TensorProto> {
  const found = new Map<string, TensorProto>();
  for (const tensor of graph.initializer ?? []) found.set(tensor.name ?? '', tensor);
  for (const node of graph.node ?? []) {
    const value = node.opType === 'Constant' && node.attribute?.find((a) => a.name === 'value')?.t;
    if (value) found.set(node.output?.[0] ?? '', value);
  }
  return found;
}

export function dimsOf(tensor: TensorProto): readonly number[] {
  return (tensor.dims ?? []).map(int64);
}
