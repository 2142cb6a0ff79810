import type { Dtype } from './workload';

/** A dense tensor in CPU memory. `f16` data is held as f32 and rounded when it is uploaded. */
export interface HostTensor {
  readonly name: string;
  readonly dtype: 'f32' | 'f16' | 'i32' | 'i64' | 'bool' | 'u8' | 'i8' | 'f64';
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | Int8Array;
}

/** Elements of a tensor of these dimensions; a scalar has one. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((count, size) => count * size, 1);
}

export type GraphAttribute =
  | { readonly name: string; readonly int: number }
  | { readonly name: string; readonly ints: readonly number[] }
  | { readonly name: string; readonly float: number };

export interface GraphNode {
  /** ONNX operator type of the default domain. */
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: readonly GraphAttribute[];
}

/** A named tensor at the edge of a graph; a string is a free dimension. */
export interface GraphValue {
  readonly name: string;
  readonly dtype: Dtype;
  readonly dims: readonly (number | string)[];
}

/** An ONNX graph as plain data: one description from which the bytes for a runtime are made. */
export interface GraphDescription {
  readonly name: string;
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly weights: readonly HostTensor[];
  readonly nodes: readonly GraphNode[];
}
