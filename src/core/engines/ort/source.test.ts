import { expect, it } from 'vitest';
import type { Dtype, ModelWorkload } from '../../contract';
import { buildOnnx } from '../../models/build';
import { loadModel } from '../../models/load';
import type { EngineContext } from '../engine';
import { ortSource } from './source';

const identity = (dtype: Dtype) =>
  buildOnnx({
    name: 'identity',
    inputs: [{ name: 'x', dtype, dims: ['n', 2] }],
    outputs: [{ name: 'y', dtype, dims: ['n', 2] }],
    weights: [],
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
  });

const context: EngineContext = {
  gpu: null,
  seed: 1,
  baseUrl: '/',
  model: (ref, dtype) => {
    const files = { 'f32.onnx': identity('f32'), 'f16.onnx': identity('f16') };
    return loadModel(ref, { files, fetch: () => Promise.reject(new Error('404')) }, dtype, 1);
  },
};

const workload = (name: string, dtype: Dtype): ModelWorkload => ({
  kind: 'model',
  id: name,
  model: { from: 'file', name },
  batch: 1,
  dtype,
});

it.each([
  ['f32.onnx', 'f16', /computes in f32, not in f16.*--dtype f32/],
  ['f32.onnx', 'i8', /computes in f32/],
  ['f16.onnx', 'f32', /computes in f16, not in f32.*--dtype f16/],
] as const)(
  'a file is not measured in another precision than its own: %s in %s',
  async (name, dtype, reason) => {
    await expect(ortSource(workload(name, dtype), context)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(reason),
    });
  },
);

it('a file is measured in its own precision', async () => {
  const source = await ortSource(workload('f16.onnx', 'f16'), context);
  expect(source.inputs[0]).toMatchObject({ dtype: 'f16', dims: [1, 2] });
});
