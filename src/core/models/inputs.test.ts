import { describe, expect, it } from 'vitest';
import type { ModelSignature, SignatureValue } from '../contract';
import { f16Bits, f16Value } from '../contract';
import { ITEM_PERIOD, makeInputs } from './inputs';

function signature(inputs: readonly SignatureValue[], more: Partial<ModelSignature> = {}): ModelSignature {
  return {
    name: 'test',
    sizeBytes: 1,
    opset: 17,
    producer: '',
    dtype: 'f32',
    nodes: 1,
    inputs,
    outputs: [],
    freeDims: { s: 4 },
    batchDim: 'n',
    fixedBatch: null,
    externalData: [],
    ...more,
  };
}

const one = (input: SignatureValue, batch = 1, more: Partial<ModelSignature> = {}) =>
  makeInputs(signature([input], more), { batch, seed: 1 })[0]!;

describe('makeInputs', () => {
  const images: SignatureValue = { name: 'x', dtype: 'f32', dims: ['n', 3, 's'] };

  it('gives an item the same data at every batch size, and repeats it every seven', () => {
    const small = one(images, 2).data;
    const large = one(images, 17).data;
    expect(large.subarray(0, small.length)).toEqual(small);
    const item = (i: number) => [...large.subarray(i * 12, (i + 1) * 12)];
    for (let i = ITEM_PERIOD; i < 17; i++) expect(item(i)).toEqual(item(i % ITEM_PERIOD));
    const distinct = new Set(Array.from({ length: ITEM_PERIOD }, (_, i) => item(i).join()));
    expect(distinct.size).toBe(ITEM_PERIOD);
  });

  it('does so where the batch is not the leading dimension', () => {
    const state: SignatureValue = { name: 'h', dtype: 'f32', dims: [2, 'n', 5] };
    const [small, large] = [one(state, 3).data, one(state, 9).data];
    for (const layer of [0, 1]) {
      for (const item of [0, 1, 2]) {
        const at = (batch: number) => (layer * batch + item) * 5;
        expect(large.subarray(at(9), at(9) + 5)).toEqual(small.subarray(at(3), at(3) + 5));
      }
      const eighth = (layer * 9 + 7) * 5;
      expect(large.subarray(eighth, eighth + 5)).toEqual(large.subarray(layer * 45, layer * 45 + 5));
    }
  });

  it('depends on the seed and the name, and on nothing drawn before', () => {
    const [a, b] = makeInputs(signature([{ ...images, name: 'a' }, images]), { batch: 1, seed: 1 });
    expect(b!.data).toEqual(one(images).data);
    expect(a!.data).not.toEqual(b!.data);
    expect(makeInputs(signature([images]), { batch: 1, seed: 2 })[0]!.data).not.toEqual(b!.data);
  });

  it('is normal: mean 0, deviation 1, and tails', () => {
    const { data } = one({ ...images, dims: ['n', 100, 1000] });
    const values = Array.from(data as Float32Array);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    const beyondTwo = values.filter((v) => Math.abs(v) > 2).length / values.length;
    // Five standard errors of 100,000 draws; 4.55 % lie beyond two deviations.
    expect(Math.abs(mean)).toBeLessThan(0.016);
    expect(Math.abs(variance - 1)).toBeLessThan(0.023);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.0033);
  });

  it('rounds f16 to what is stored', () => {
    const values = Array.from(one({ ...images, dtype: 'f16' }).data as Float32Array);
    expect(values).toEqual(values.map((v) => f16Value(f16Bits(v))));
  });

  it('keeps ids below the embedding that they index', () => {
    const ids = one({ name: 'input_ids', dtype: 'i64', dims: ['n', 's'], idLimit: 5 }, 100);
    const values = Array.from(ids.data as BigInt64Array);
    expect(ids.dims).toEqual([100, 4]);
    expect([...new Set(values)].sort()).toEqual([0n, 1n, 2n, 3n, 4n]);
  });

  it.each([
    ['attention_mask', 'i64', [1n, 1n, 1n, 1n]],
    ['token_type_ids', 'i32', [0, 0, 0, 0]],
    ['position_ids', 'i64', [0n, 1n, 2n, 3n]],
    ['pad_mask', 'bool', [1, 1, 1, 1]],
    ['mask', 'f32', [1, 1, 1, 1]],
  ] as const)('fills %s by its name', (name, dtype, expected) => {
    expect([...one({ name, dtype, dims: ['n', 's'] }).data]).toEqual(expected);
  });

  it('makes scalars', () => {
    expect(one({ name: 'length', dtype: 'i64', dims: [] })).toMatchObject({
      dims: [],
      data: new BigInt64Array([1n]),
    });
    expect(one({ name: 'scale', dtype: 'f32', dims: [] }).data).toHaveLength(1);
  });

  it('takes sizes of free dimensions, and refuses those it does not have', () => {
    const request = { batch: 2, seed: 1, dims: { s: 9 } };
    expect(makeInputs(signature([images]), request)[0]!.dims).toEqual([2, 3, 9]);
    expect(() => makeInputs(signature([images]), { ...request, dims: { t: 9 } })).toThrow(
      /no free dimension "t"/,
    );
  });

  it('refuses a batch that the file does not allow', () => {
    const fixed = { batchDim: null, fixedBatch: 4 };
    expect(one({ ...images, dims: [4, 3] }, 4, fixed).dims).toEqual([4, 3]);
    expect(() => one({ ...images, dims: [4, 3] }, 2, fixed)).toThrow(/batches of 4 only/);
  });
});
