import type { HostTensor } from './graph';

/** An input or output as the file declares it; a free dimension is a name (`''` and -1 get one made up). */
export interface SignatureValue {
  readonly name: string;
  readonly dtype: HostTensor['dtype'];
  readonly dims: readonly (number | string)[];
  /** For an input of ids: they lie in 0…idLimit-1, the rows of the embedding that they index. */
  readonly idLimit?: number;
}

/** What an ONNX file says of itself. */
export interface ModelSignature {
  readonly name: string;
  readonly sizeBytes: number;
  readonly opset: number;
  readonly producer: string;
  /** Lowest floating-point precision of its inputs, outputs and weights: what it computes in, or stores at least. */
  readonly dtype: 'f32' | 'f16';
  /** Operators of the graph; constants are not counted. */
  readonly nodes: number;
  readonly inputs: readonly SignatureValue[];
  readonly outputs: readonly SignatureValue[];
  /** Free dimensions by name, with the size used unless another is given. The batch dimension is not among them. */
  readonly freeDims: Readonly<Record<string, number>>;
  /** Name of the free leading dimension that the sweep sets, or null when the batch is fixed. */
  readonly batchDim: string | null;
  /** The leading dimension written into the file, when it is not free. */
  readonly fixedBatch: number | null;
  /** File names of external weights, to be handed over beside the model. */
  readonly externalData: readonly string[];
}
