import { describe, expect, it } from 'vitest';
import type { GraphDescription } from '../contract';
import { buildOnnx } from './build';
import { dimsOf, int64, intAttribute, weights } from './proto';
import { readModel } from './read';

const linear: GraphDescription = {
  name: 'linear',
  inputs: [{ name: 'x', dtype: 'f16', dims: ['batch', 'tokens', 3] }],
  outputs: [{ name: 'y', dtype: 'f16', dims: ['batch', 'tokens', 2] }],
  weights: [{ name: 'w', dtype: 'f16', dims: [3, 2], data: new Float32Array([1, -2, 0.5, 0, 2049, 1e6]) }],
  nodes: [
    { op: 'MatMul', inputs: ['x', 'w'], outputs: ['xw'] },
    { op: 'Softmax', inputs: ['xw'], outputs: ['y'], attributes: [{ name: 'axis', int: -1 }] },
  ],
};

describe('buildOnnx', () => {
  const model = readModel(buildOnnx(linear));

  it('keeps names, shapes and types', () => {
    expect(model.signature).toMatchObject({
      name: 'linear',
      opset: 17,
      producer: 'rooflab',
      nodes: 2,
      inputs: [{ name: 'x', dtype: 'f16', dims: ['batch', 'tokens', 3] }],
      outputs: [{ name: 'y', dtype: 'f16', dims: ['batch', 'tokens', 2] }],
      freeDims: { tokens: 128 },
      batchDim: 'batch',
      fixedBatch: null,
      externalData: [],
    });
    expect(model.graph.node?.[0]).toMatchObject({ opType: 'MatMul', input: ['x', 'w'], output: ['xw'] });
    expect(intAttribute(model.graph.node![1]!, 'axis')).toBe(-1);
  });

  it('stores f16 weights as little-endian bits, rounded to even', () => {
    const w = weights(model.graph).get('w')!;
    expect(dimsOf(w)).toEqual([3, 2]);
    const raw = new Uint8Array(w.rawData!);
    expect([...new Uint16Array(raw.buffer)]).toEqual([0x3c00, 0xc000, 0x3800, 0, 0x6800, 0x7c00]);
  });

  it('writes the versions that onnxruntime checks', () => {
    expect(int64(model.proto.irVersion)).toBe(8);
    expect(int64(model.proto.opsetImport?.[0]?.version)).toBe(17);
  });

  it('refuses a precision that ONNX graphs do not compute in', () => {
    const inputs = [{ name: 'x', dtype: 'i4', dims: [1] }] as const;
    expect(() => buildOnnx({ ...linear, inputs })).toThrow(expect.objectContaining({ code: 'bad-model' }));
  });
});
