import { describe, expect, it } from 'vitest';
import type { GraphDescription, ModelRef } from '../contract';
import { buildOnnx } from './build';
import { CATALOGUE, DEFAULT_BLOCK } from './catalogue';
import { loadModel, type ModelHost } from './load';
import { onnx } from './proto';

const relu: GraphDescription = {
  name: 'relu',
  inputs: [{ name: 'x', dtype: 'f32', dims: ['n', 'p2o.DynamicDimension.1', 'p2o.DynamicDimension.2'] }],
  outputs: [{ name: 'y', dtype: 'f32', dims: ['n', 'a', 'b'] }],
  weights: [],
  nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
};
const bytes = buildOnnx(relu);

/** A model whose one weight, 16 bytes, lies at byte 8 of a file. */
const weightsIn = (location: string) =>
  onnx.ModelProto.encode({
    irVersion: 8,
    graph: {
      node: [{ opType: 'Identity', input: ['w'], output: ['y'] }],
      initializer: [
        {
          name: 'w',
          dims: [4],
          dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
          externalData: [
            { key: 'location', value: location },
            { key: 'offset', value: '8' },
            { key: 'length', value: '16' },
          ],
        },
      ],
    },
  }).finish();
const external = weightsIn('data/w.bin');

function host(site: Record<string, Uint8Array>, files: Record<string, Uint8Array> = {}): ModelHost {
  return {
    files,
    async fetch(url) {
      const found = site[url];
      if (!found) throw new Error('404');
      return found;
    },
  };
}

const load = (ref: ModelRef, from: ModelHost) => loadModel(ref, from, 'f32', 1);

describe('loadModel', () => {
  it('fetches a model of the catalogue, with its sizes and then those asked for', async () => {
    const ref: ModelRef = { from: 'catalogue', id: 'ocr-cls', dims: { 'p2o.DynamicDimension.2': 96 } };
    const model = await load(ref, host({ [CATALOGUE[0].url]: bytes }));
    expect(model.id).toBe('ocr-cls');
    expect(model.bytes).toBe(bytes);
    expect(model.signature.freeDims).toEqual({ 'p2o.DynamicDimension.1': 48, 'p2o.DynamicDimension.2': 96 });
  });

  it('fetches external weights from beside the model', async () => {
    const data = new Uint8Array(24);
    const site = { 'https://a.test/m/net.onnx?x=1/2': external, 'https://a.test/m/data/w.bin': data };
    const model = await load({ from: 'url', url: 'https://a.test/m/net.onnx?x=1/2' }, host(site));
    expect(model).toMatchObject({ id: 'net.onnx', external: [{ path: 'data/w.bin', data }] });
  });

  it('fetches and takes external weights of any name', async () => {
    const [path, data] = ['data/w #1?50%.bin', new Uint8Array(24)];
    const site = { 'm/net.onnx': weightsIn(path), 'm/data/w%20%231%3F50%25.bin': data };
    const fetched = await load({ from: 'url', url: 'm/net.onnx' }, host(site));
    expect(fetched.external).toEqual([{ path, data }]);
    const files = { 'net#1.onnx': weightsIn(path), 'w #1?50%.bin': data };
    const dropped = await load({ from: 'file', name: 'net#1.onnx' }, host({}, files));
    expect(dropped).toMatchObject({ id: 'net#1.onnx', external: [{ path, data }] });
  });

  it('takes external weights that were handed over, by their bare name', async () => {
    const files = { 'net.onnx': external, 'w.bin': new Uint8Array(24) };
    const model = await load({ from: 'file', name: 'net.onnx' }, host({}, files));
    expect(model.external).toEqual([{ path: 'data/w.bin', data: files['w.bin'] }]);
  });

  it('builds the block from its seed', async () => {
    const block = { ...DEFAULT_BLOCK, hidden: 16, inner: 24 };
    const ref: ModelRef = { from: 'block', block };
    const [a, b] = [await loadModel(ref, host({}), 'f16', 1), await loadModel(ref, host({}), 'f16', 2)];
    expect(a.id).toBe('block');
    expect(a.block?.config).toEqual(block);
    expect(a.signature).toMatchObject({
      batchDim: 'batch',
      inputs: [{ dtype: 'f16', dims: ['batch', 64, 16] }],
    });
    expect(a.block?.weights[2]?.data).not.toEqual(b.block?.weights[2]?.data);
  });

  it.each<[string, ModelRef, ModelHost, string, RegExp]>([
    ['unknown id', { from: 'catalogue', id: 'gpt' }, host({}), 'model-unavailable', /ocr-cls, ocr-rec/],
    ['no such address', { from: 'url', url: 'https://a.test/x' }, host({}), 'model-unavailable', /address/],
    ['file not handed over', { from: 'file', name: 'x.onnx' }, host({}), 'model-unavailable', /again/],
    [
      'external weights not handed over',
      { from: 'file', name: 'm' },
      host({}, { m: external }),
      'bad-model',
      /"w.bin"/,
    ],
    [
      'external weights cut off',
      { from: 'file', name: 'm' },
      host({}, { m: external, 'w.bin': new Uint8Array(23) }),
      'bad-model',
      /cut off/,
    ],
    [
      'size of no dimension',
      { from: 'file', name: 'm', dims: { z: 1 } },
      host({}, { m: bytes }),
      'bad-spec',
      /free dimensions are/,
    ],
  ])('says what to do: %s', async (_, ref, from, code, next) => {
    await expect(load(ref, from)).rejects.toMatchObject({ code, next: expect.stringMatching(next) });
  });
});
