import type { InferenceSession } from 'onnxruntime-web';
import { expect, it } from 'vitest';
import { runSession } from './session';

const failing = (message: string) =>
  ({ run: () => Promise.reject(new Error(message)) }) as unknown as InferenceSession;

it.each([
  ['std::bad_alloc', 'out-of-memory'],
  ['Out of memory', 'out-of-memory'],
  ['RangeError: Array buffer allocation failed', 'out-of-memory'],
  ['WebGPU device: OOM', 'out-of-memory'],
  ['Non-zero status code while running node "/bloom/room.0/Zoom"', 'engine-error'],
  ['Protobuf parsing failed.', 'bad-model'],
  ['ONNX Runtime only guarantees support for models stamped with official released opset 21', 'bad-model'],
  ['node "/net_opset12/Relu" failed', 'engine-error'],
])('tells the kind of an error: %s', async (message, code) => {
  await expect(runSession(failing(message), {})).rejects.toMatchObject({ code });
});
