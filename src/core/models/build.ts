import {
  type GraphAttribute,
  type GraphDescription,
  type GraphValue,
  type HostTensor,
  LabError,
  packF16,
} from '../contract';
import { type AttributeProto, ELEMENT_TYPES, onnx, type TensorProto, type ValueInfoProto } from './proto';

/** Opset 17 has LayerNormalization; IR version 8 goes with it (ONNX 1.12). */
const OPSET = 17;
const IR_VERSION = 8;

/**
 * An ONNX file for a graph. Weights are stored raw, little-endian as the format demands, f16 rounded to even.
 * @throws LabError `bad-model` for an edge of a precision that ONNX graphs do not compute in.
 */
export function buildOnnx(description: GraphDescription): Uint8Array<ArrayBuffer> {
  const bytes = onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'rooflab',
    graph: {
      name: description.name,
      input: description.inputs.map(valueInfo),
      output: description.outputs.map(valueInfo),
      initializer: description.weights.map(tensorProto),
      node: description.nodes.map((node) => ({
        // Named by its output, so that a runtime's messages and profiles can be read.
        name: node.outputs[0] ?? '',
        opType: node.op,
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: (node.attributes ?? []).map(attributeProto),
      })),
    },
  }).finish();
  return new Uint8Array(bytes);
}

function valueInfo({ name, dtype, dims }: GraphValue): ValueInfoProto {
  if (dtype === 'i8' || dtype === 'i4') {
    throw new LabError('bad-model', `"${name}" cannot be of precision ${dtype}.`, 'Use f32 or f16.');
  }
  const dim = dims.map((d) => (typeof d === 'string' ? { dimParam: d } : { dimValue: d }));
  return { name, type: { tensorType: { elemType: ELEMENT_TYPES[dtype], shape: { dim } } } };
}

function tensorProto({ name, dtype, dims, data }: HostTensor): TensorProto {
  const stored = dtype === 'f16' ? packF16(data as Float32Array) : data;
  const rawData = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  return { name, dataType: ELEMENT_TYPES[dtype], dims: [...dims], rawData };
}

function attributeProto(attribute: GraphAttribute): AttributeProto {
  const { name } = attribute;
  const types = onnx.AttributeProto.AttributeType;
  if ('int' in attribute) return { name, type: types.INT, i: attribute.int };
  if ('ints' in attribute) return { name, type: types.INTS, ints: [...attribute.ints] };
  return { name, type: types.FLOAT, f: attribute.float };
}
