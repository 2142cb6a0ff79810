import { LabError, type ModelSignature, type SignatureValue } from '../contract';
import { idLimit } from './embedding';
import {
  ELEMENT_TYPES,
  type GraphProto,
  int64,
  type ModelProto,
  onnx,
  type ValueInfoProto,
  weights,
} from './proto';

type Dims = readonly (number | string)[];

/** @throws LabError `bad-model` when an input or output is of a kind that the lab cannot make or compare. */
export function readSignature(
  proto: ModelProto,
  graph: GraphProto,
  sizeBytes: number,
  externalData: readonly string[],
): ModelSignature {
  // Before IR version 4 initialisers had to be listed as inputs too.
  const initialised = new Set(graph.initializer?.map((tensor) => tensor.name));
  const inputs = (graph.input ?? [])
    .filter((info) => !initialised.has(info.name))
    .map((info): SignatureValue => {
      const value = readValue(info);
      const limit = idLimit(graph, value.name);
      return limit === null ? value : { ...value, idLimit: limit };
    });
  const outputs = (graph.output ?? []).map(readValue);
  const batchDim = findBatchDim(inputs);
  const leading = inputs.find((input) => input.dims.length > 0)?.dims[0];
  return {
    name: graph.name ?? '',
    sizeBytes,
    opset: int64(proto.opsetImport?.find((set) => !set.domain || set.domain === 'ai.onnx')?.version),
    producer: [proto.producerName, proto.producerVersion].filter(Boolean).join(' '),
    dtype: precision(graph, [...inputs, ...outputs]),
    nodes: graph.node?.filter((node) => node.opType !== 'Constant').length ?? 0,
    inputs,
    outputs,
    freeDims: suggestSizes(inputs, batchDim),
    batchDim,
    fixedBatch: batchDim === null && typeof leading === 'number' ? leading : null,
    externalData,
  };
}

/**
 * The signature with other sizes of its free dimensions.
 * @throws LabError `bad-spec` for the size of a dimension that the model does not have.
 */
export function withDims(
  signature: ModelSignature,
  dims: Readonly<Record<string, number>> = {},
): ModelSignature {
  const unknown = Object.keys(dims).find((name) => !(name in signature.freeDims));
  if (unknown === undefined) return { ...signature, freeDims: { ...signature.freeDims, ...dims } };
  const free = Object.keys(signature.freeDims).join(', ');
  throw new LabError(
    'bad-spec',
    `The model has no free dimension "${unknown}".`,
    free ? `Its free dimensions are: ${free}.` : 'All its dimensions are fixed but the batch.',
  );
}

function readValue(info: ValueInfoProto): SignatureValue {
  const name = info.name ?? '';
  const type = info.type?.tensorType;
  const dtype = (Object.keys(ELEMENT_TYPES) as SignatureValue['dtype'][]).find(
    (key) => ELEMENT_TYPES[key] === type?.elemType,
  );
  if (!type || !dtype) {
    const kind = type ? (onnx.TensorProto.DataType[type.elemType ?? 0] ?? 'unknown') : 'sequence or map';
    throw new LabError(
      'bad-model',
      `"${name}" is of type ${kind}, which the lab can neither make nor compare.`,
      'Export the model with plain number tensors at its edges (for scikit-learn: zipmap off).',
    );
  }
  // Absent, '', 0 and -1 all mean unknown, depending on who wrote the file; unnamed batches are taken for the same.
  const dims = (type.shape?.dim ?? []).map(
    (dim, i) => dim.dimParam || Math.max(int64(dim.dimValue), 0) || (i === 0 ? 'batch' : `${name}_d${i}`),
  );
  return { name, dtype, dims };
}

/** Converters to f16 often leave the edges in f32: then the weights tell. */
function precision(graph: GraphProto, edges: readonly SignatureValue[]): ModelSignature['dtype'] {
  const half = [...weights(graph).values()].some((weight) => weight.dataType === ELEMENT_TYPES.f16);
  return half || edges.some((edge) => edge.dtype === 'f16') ? 'f16' : 'f32';
}

/** The free dimension that leads every input whose leading dimension is free; null if they do not agree. */
function findBatchDim(inputs: readonly SignatureValue[]): string | null {
  const leading = inputs.flatMap((input) => (typeof input.dims[0] === 'string' ? [input] : []));
  const names = new Set(leading.map((input) => input.dims[0]));
  const [first] = names;
  return names.size === 1 && typeof first === 'string' ? first : null;
}

/** Sides of an image and lengths of a sequence that models are commonly published with. */
const IMAGE_SIDE = 224;
const SEQUENCE = 128;

function suggestSizes(inputs: readonly SignatureValue[], batchDim: string | null): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { dims } of inputs) {
    for (const [axis, dim] of dims.entries()) {
      if (typeof dim === 'string' && dim !== batchDim) sizes[dim] ??= suggestSize(dims, axis);
    }
  }
  return sizes;
}

function suggestSize(dims: Dims, axis: number): number {
  if (axis === 0) return 1;
  const image = dims.length === 4 && (isChannels(dims[1]) || isChannels(dims[3]));
  if (!image) return SEQUENCE;
  return axis === 1 && !isChannels(dims[3]) ? 3 : IMAGE_SIDE;
}

const isChannels = (dim: number | string | undefined) => dim === 1 || dim === 3 || dim === 4;
