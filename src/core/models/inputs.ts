import {
  elementCount,
  type HostTensor,
  LabError,
  type ModelSignature,
  roundToF16,
  type SignatureValue,
} from '../contract';
import { normal, uniform } from './random';
import { withDims } from './signature';

/**
 * Item i of a batch equals item i mod 7. A reference is then needed for at most seven items at any batch size;
 * and since 7 is a prime, an index wrong by a power of two, the usual way to be wrong, meets different data.
 */
export const ITEM_PERIOD = 7;

export interface InputRequest {
  readonly batch: number;
  /** Sizes of free dimensions; those left out get the signature's. */
  readonly dims?: Readonly<Record<string, number>>;
  readonly seed: number;
}

/**
 * Seeded inputs for a model: normal floats, valid ids, masks of ones. The data of an item depends only on the
 * seed, the input's name and dimensions, and the item's place modulo `ITEM_PERIOD`.
 * @throws LabError `bad-spec` for a size of a dimension that the model does not have, or for a batch that
 * the model does not take.
 */
export function makeInputs(signature: ModelSignature, request: InputRequest): HostTensor[] {
  const { batch, seed } = request;
  if (signature.batchDim === null && batch !== (signature.fixedBatch ?? 1)) {
    throw new LabError(
      'unsupported',
      `The model takes batches of ${signature.fixedBatch ?? 1} only; ${batch} was asked for.`,
      'Measure it at that batch, or export it with a free batch dimension.',
    );
  }
  const sizes: Record<string, number> = { ...withDims(signature, request.dims).freeDims };
  if (signature.batchDim !== null) sizes[signature.batchDim] = batch;
  return signature.inputs.map((input) => {
    const dims = input.dims.map((dim) => (typeof dim === 'number' ? dim : (sizes[dim] ?? 1)));
    const axis = signature.batchDim === null ? -1 : input.dims.indexOf(signature.batchDim);
    return { name: input.name, dtype: input.dtype, dims, data: fill(input, dims, axis, seed) };
  });
}

/** `axis`: where the items of the batch lie; -1 when the tensor is one item. */
function fill(
  input: SignatureValue,
  dims: readonly number[],
  axis: number,
  seed: number,
): HostTensor['data'] {
  const total = elementCount(dims);
  const items = axis < 0 ? 1 : (dims[axis] ?? 1);
  const inner = axis < 0 ? total : elementCount(dims.slice(axis + 1));
  const values = new Float64Array(total);
  for (let item = 0; item < Math.min(items, ITEM_PERIOD); item++) {
    const next = generator(input, dims.at(-1) ?? 1, seed, item);
    for (let start = item * inner; start < total; start += items * inner) {
      for (let i = start; i < start + inner; i++) values[i] = next();
    }
  }
  for (let start = 0; start < total; start += inner) {
    const item = (start / inner) % items;
    if (item < ITEM_PERIOD) continue;
    values.copyWithin(start, start - ITEM_PERIOD * inner, start - (ITEM_PERIOD - 1) * inner);
  }
  return convert(input.dtype, values);
}

/** Ids when the model does not show how many there are: vocabularies smaller than this are rare. */
const GUESSED_IDS = 100;

/** Numbers that suit an input, judged by its type and by the names that exporters give. */
function generator(input: SignatureValue, lastDim: number, seed: number, item: number): () => number {
  const { name, dtype } = input;
  const random = uniform(seed, name, item);
  const below = (n: number) => () => Math.floor(random() * n);
  if (/mask/i.test(name)) return () => 1;
  switch (dtype) {
    case 'f32':
    case 'f16':
    case 'f64':
      return normal(seed, name, item);
    case 'u8':
      return below(256);
    case 'i8':
      return () => Math.floor(random() * 256) - 128;
    case 'bool':
      return below(2);
    case 'i32':
    case 'i64': {
      if (/token_type|segment/i.test(name)) return () => 0;
      if (input.dims.length === 0) return () => 1;
      let position = 0;
      if (/position/i.test(name)) return () => position++ % lastDim;
      return below(input.idLimit ?? GUESSED_IDS);
    }
    default:
      return dtype satisfies never;
  }
}

function convert(dtype: HostTensor['dtype'], values: Float64Array): HostTensor['data'] {
  switch (dtype) {
    case 'f32':
      return new Float32Array(values);
    case 'f16':
      return roundToF16(values);
    case 'f64':
      return values;
    case 'i32':
      return new Int32Array(values);
    case 'i64':
      return BigInt64Array.from(Array.from(values, BigInt));
    case 'bool':
    case 'u8':
      return new Uint8Array(values);
    case 'i8':
      return new Int8Array(values);
    default:
      return dtype satisfies never;
  }
}
