import {
  type BlockConfig,
  type Dtype,
  type HostTensor,
  LabError,
  type ModelRef,
  type ModelSignature,
} from '../contract';
import { blockWeights } from './block';
import { blockGraph } from './block-graph';
import { buildOnnx } from './build';
import { BLOCK_ENTRY, CATALOGUE } from './catalogue';
import { badModel, externalFiles, readModel } from './read';
import { withDims } from './signature';

/** How the shell that runs the core gets at files. */
export interface ModelHost {
  /** @param url absolute, or relative to the app's base. Rejects when there is no such file. */
  fetch(url: string): Promise<Uint8Array>;
  /** Models and external weights that the user handed over, by file name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export interface LoadedModel {
  /** Short name for tables. */
  readonly id: string;
  readonly bytes: Uint8Array;
  /** `freeDims` has the sizes of the catalogue and of the reference in it. */
  readonly signature: ModelSignature;
  /** External weights, by the path that the model knows them under. */
  readonly external: readonly { readonly path: string; readonly data: Uint8Array }[];
  readonly block?: { readonly config: BlockConfig; readonly weights: readonly HostTensor[] };
}

/**
 * @param dtype of a block; a file has the precision it was exported in.
 * @param seed of a block's weights.
 * @throws LabError `model-unavailable`, `bad-model` or `bad-spec`.
 */
export async function loadModel(
  ref: ModelRef,
  host: ModelHost,
  dtype: Dtype,
  seed: number,
): Promise<LoadedModel> {
  switch (ref.from) {
    case 'block': {
      const weights = blockWeights(ref.block, dtype, seed);
      const bytes = buildOnnx(blockGraph(ref.block, dtype, weights));
      const block = { config: ref.block, weights };
      return { id: BLOCK_ENTRY.id, bytes, signature: readModel(bytes).signature, external: [], block };
    }
    case 'catalogue': {
      const entry = CATALOGUE.find(({ id }) => id === ref.id);
      if (!entry) {
        throw new LabError(
          'model-unavailable',
          `The catalogue has no model "${ref.id}".`,
          `Choose one of ${CATALOGUE.map(({ id }) => id).join(', ')}, or a file or an address.`,
        );
      }
      const bytes = await fetchFile(host, entry.url);
      return fromBytes(entry.id, bytes, { ...entry.dims, ...ref.dims }, async () => undefined);
    }
    case 'url':
      return fromBytes(baseName(withoutQuery(ref.url)), await fetchFile(host, ref.url), ref.dims, (path) =>
        fetchFile(host, beside(ref.url, path)),
      );
    case 'file': {
      const bytes = host.files[ref.name];
      if (!bytes) {
        throw new LabError(
          'model-unavailable',
          `The file "${ref.name}" is not here.`,
          'Choose the file again; only its name is kept in specs and links.',
        );
      }
      return fromBytes(baseName(ref.name), bytes, ref.dims, async (path) => host.files[baseName(path)]);
    }
    default:
      return ref satisfies never;
  }
}

async function fromBytes(
  id: string,
  bytes: Uint8Array,
  dims: Readonly<Record<string, number>> | undefined,
  find: (path: string) => Promise<Uint8Array | undefined>,
): Promise<LoadedModel> {
  const { graph, signature } = readModel(bytes);
  const external = await Promise.all(
    [...externalFiles(graph)].map(async ([path, end]) => {
      const data = await find(path);
      if (!data) {
        throw badModel(
          `The model keeps its weights in "${path}", which is not here.`,
          `Hand "${baseName(path)}" over together with the model.`,
        );
      }
      if (data.byteLength < end) {
        throw badModel(
          `"${path}" has ${data.byteLength} bytes; the model's weights reach up to ${end}.`,
          'It was cut off on its way, or belongs to another model: download it again.',
        );
      }
      return { path, data };
    }),
  );
  return { id, bytes, signature: withDims(signature, dims), external };
}

async function fetchFile(host: ModelHost, url: string): Promise<Uint8Array> {
  try {
    return await host.fetch(url);
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw new LabError(
      'model-unavailable',
      `"${url}" could not be fetched: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Check the address and the connection. A page may read from other sites only where they allow it (CORS); else download the file and drop it here.',
      { cause },
    );
  }
}

const baseName = (path: string) => path.split(/[\\/]/).at(-1)!;
const withoutQuery = (url: string) => url.split(/[?#]/)[0]!;

/** The address of a file in the same folder, whatever characters are in its name. */
const beside = (url: string, path: string) =>
  withoutQuery(url).replace(/[^/]*$/, '') + path.split('/').map(encodeURIComponent).join('/');
