import { expect, it, vi } from 'vitest';
import { type HostTensor, LabError, type ModelWorkload } from '../contract';
import { buildOnnx } from '../models/build';
import { loadModel } from '../models/load';
import type { EngineContext } from './engine';
import { createSession, runSession } from './ort/session';
import { reference } from './reference';

vi.mock('./ort/runtime', () => ({ loadRuntime: async () => ({ Tensor: class {} }) }));
vi.mock('./ort/work', () => ({ modelWork: async () => null }));
vi.mock('./ort/session', () => ({
  createSession: vi.fn(),
  runSession: vi.fn(async () => ({})),
  fetchOutputs: async () => [y(1, 2)],
}));

const y = (...values: number[]): HostTensor => ({
  name: 'y',
  dtype: 'f32',
  dims: [values.length],
  data: Float32Array.from(values),
});

const context: EngineContext = {
  gpu: null,
  seed: 1,
  baseUrl: '/',
  model: (ref, dtype) => {
    const value = (name: string) => ({ name, dtype: 'f32' as const, dims: ['n', 2] });
    const scale: HostTensor = { name: 'w', dtype: 'f16', dims: [1], data: new Float32Array([1]) };
    const model = (weights: HostTensor[]) =>
      buildOnnx({
        name: 'm',
        inputs: [value('x')],
        outputs: [value('y')],
        weights,
        nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
      });
    const files = { f32: model([]), f16: model([scale]) };
    return loadModel(ref, { files, fetch: () => Promise.reject(new Error('404')) }, dtype, 1);
  },
};

const workload = (dtype: 'f32' | 'f16'): ModelWorkload => ({
  kind: 'model',
  id: dtype,
  model: { from: 'file', name: dtype },
  batch: 1,
  dtype,
});

it.each(['out-of-memory', 'bad-model', 'unsupported'] as const)(
  'that cannot be computed is a failure, not a property of the case: %s',
  async (code) => {
    vi.mocked(createSession).mockRejectedValueOnce(new LabError(code, 'No room.', 'Less.'));
    await expect(reference(workload('f32'), context)).rejects.toMatchObject({
      code: 'engine-error',
      message: 'The reference could not be computed: No room.',
    });
  },
);

it('allows f32 outputs of f16 weights the errors of f16', async () => {
  vi.mocked(createSession).mockResolvedValue({ release: async () => undefined } as never);
  const off = [y(1.02, 2)];
  expect((await reference(workload('f32'), context))(off).passed).toBe(false);
  expect((await reference(workload('f16'), context))(off).passed).toBe(true);
  expect(runSession).toHaveBeenCalledTimes(2);
});
