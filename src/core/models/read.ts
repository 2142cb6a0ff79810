import { LabError, type ModelSignature } from '../contract';
import { type GraphProto, type ModelProto, onnx, weights } from './proto';
import { readSignature } from './signature';

export interface Model {
  readonly proto: ModelProto;
  readonly graph: GraphProto;
  readonly signature: ModelSignature;
}

/**
 * Reads an ONNX file far enough to feed and count it. The weights stay where they are in `bytes`.
 * @throws LabError `bad-model` saying what the bytes are instead, or what the model lacks.
 */
export function readModel(bytes: Uint8Array): Model {
  refuseOtherFiles(bytes);
  const proto = decode(bytes);
  const graph = proto.graph;
  if (!graph) {
    throw badModel(
      'The file holds no graph.',
      'Check that it is an ONNX model and not a tensor or a checkpoint.',
    );
  }
  if (!graph.node?.length) {
    throw badModel('The model has no nodes: there is nothing to run.', 'Export the model again.');
  }
  const signature = readSignature(proto, graph, bytes.byteLength, [...externalFiles(graph).keys()]);
  return { proto, graph, signature };
}

export function badModel(message: string, next: string, options?: ErrorOptions): LabError {
  return new LabError('bad-model', message, next, options);
}

/** What a failed download or a checkout without large files leaves behind, by its first characters. */
function refuseOtherFiles(bytes: Uint8Array): void {
  if (bytes.byteLength === 0) throw badModel('The file is empty.', 'Download it again.');
  const start = String.fromCharCode(...bytes.subarray(0, 64))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (start.startsWith('<')) {
    throw badModel(
      'This is a web page, not a model: the address answered with HTML.',
      "Use the address of the raw file; on a model hub that is the one behind 'download'.",
    );
  }
  if (start.startsWith('version https://git-lfs')) {
    throw badModel(
      'This is a Git LFS pointer, not the model itself.',
      'Run `git lfs pull` in the repository it came from, or download the file from its web page.',
    );
  }
  if (start.startsWith('PK')) {
    throw badModel(
      'This is a zip archive (PyTorch checkpoints are), not an ONNX model.',
      'Export the model to ONNX, or unpack the archive and choose the .onnx file in it.',
    );
  }
}

/** Tag of `ir_version`, a required field that every serializer writes first. */
const IR_VERSION_TAG = 0x08;

function decode(bytes: Uint8Array): ModelProto {
  try {
    return onnx.ModelProto.decode(bytes);
  } catch (cause) {
    if (bytes[0] === IR_VERSION_TAG && cause instanceof RangeError) {
      throw badModel(
        `The model ends in the middle, after ${bytes.byteLength} bytes.`,
        'It was cut off on its way: download or copy it again.',
        { cause },
      );
    }
    throw badModel(
      'This is not an ONNX model: it does not parse as a protobuf message.',
      'Choose a file with the extension .onnx; other formats must be exported to ONNX first.',
      { cause },
    );
  }
}

/** Files that hold weights of the graph, each with the number of bytes that must be in it. */
export function externalFiles(graph: GraphProto): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { dataLocation, externalData } of weights(graph).values()) {
    if (dataLocation !== onnx.TensorProto.DataLocation.EXTERNAL) continue;
    const entry = (key: string) => externalData?.find((e) => e.key === key)?.value ?? '';
    const file = entry('location');
    const end = Number(entry('offset')) + Number(entry('length'));
    ends.set(file, Math.max(end, ends.get(file) ?? 0));
  }
  return ends;
}
