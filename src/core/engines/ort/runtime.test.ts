import { afterEach, expect, it, vi } from 'vitest';
import { loadRuntime } from './runtime';

const create = vi.hoisted(() => vi.fn(async () => ({ release: async () => undefined })));
vi.mock('onnxruntime-web/wasm', () => ({ env: { wasm: {} }, InferenceSession: { create } }));

afterEach(() => vi.unstubAllGlobals());

it('is fetched again after a download that failed, and then once', async () => {
  const fetch = vi.fn(async (_url: string) => new Response('wasm'));
  fetch.mockRejectedValueOnce(new Error('offline'));
  fetch.mockResolvedValueOnce(new Response('gone', { status: 404 }));
  vi.stubGlobal('fetch', fetch);
  await expect(loadRuntime('wasm', '/')).rejects.toMatchObject({
    code: 'engine-error',
    message: expect.stringContaining('offline'),
  });
  await expect(loadRuntime('wasm', '/')).rejects.toMatchObject({ message: expect.stringContaining('404') });
  // A start that fails is final for onnxruntime itself: it must not have been tried.
  expect(create).not.toHaveBeenCalled();
  const ort = await loadRuntime('wasm', '/');
  expect(await loadRuntime('wasm', '/')).toBe(ort);
  expect(fetch.mock.calls.map(([url]) => url)).toEqual(Array(3).fill('/ort/ort-wasm-simd-threaded.wasm'));
  expect(create).toHaveBeenCalledOnce();
});
