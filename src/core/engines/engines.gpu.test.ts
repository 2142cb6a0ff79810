import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KernelWorkload, ModelRef, ModelWorkload, Workload } from '../contract';
import { type Gpu, openGpu } from '../gpu/device';
import { loadModel } from '../models/load';
import type { EngineContext } from './engine';
import { ortWasm } from './ort-wasm';
import { ortWebGpu } from './ort-webgpu';
import { reference } from './reference';

let gpu: Gpu;
let context: EngineContext;

beforeAll(async () => {
  const opened = await openGpu('any');
  if ('missing' in opened) throw new Error(opened.missing);
  gpu = opened;
  const baseUrl = new URL('/', location.href).href;
  const fetchBytes = async (url: string) =>
    new Uint8Array(await (await fetch(new URL(url, baseUrl))).arrayBuffer());
  context = {
    gpu,
    seed: 1,
    baseUrl,
    model: (ref: ModelRef, dtype) => loadModel(ref, { fetch: fetchBytes, files: {} }, dtype, 1),
  };
});

afterAll(() => gpu.device.destroy());

const cls = (batch: number): ModelWorkload => ({
  kind: 'model',
  id: 'ocr-cls',
  // As narrow as the model takes, since this is about the path and not about the model.
  model: { from: 'catalogue', id: 'ocr-cls', dims: { 'p2o.DynamicDimension.2': 32 } },
  batch,
  dtype: 'f32',
});
const transpose: KernelWorkload = { kind: 'kernel', id: 'transpose', shape: [33, 65], dtype: 'f32' };

describe.each([ortWebGpu, ortWasm])('$id', (engine) => {
  it.each<[string, Workload]>([
    ['a real model', cls(2)],
    ['an operator', transpose],
  ])('runs %s, verified', async (_, workload) => {
    expect(engine.unsupported(workload, {}, context)).toBeNull();
    const prepared = await engine.prepare(workload, {}, context);
    try {
      const check = await reference(workload, context);
      const verification = check(await prepared.outputs());
      expect(verification).toMatchObject({ passed: true });
      const timing = await prepared.once(true);
      const counters = await prepared.counters();
      expect(timing.wallNs).toBeGreaterThan(0);
      expect(timing.readbackNs).toBeGreaterThanOrEqual(timing.wallNs!);
      expect(await prepared.saturate(2)).toBeGreaterThan(0);
      expect(counters.bytes).toBeGreaterThan(0);
      if (!engine.gpu) return;
      expect(timing.gpuNs).toBeGreaterThan(0);
      expect(counters.dispatches).toBeGreaterThan(0);
      expect(counters.pipelines).toBeGreaterThan(0);
      expect(counters.cpuNodes).toBeLessThan(counters.nodes!);
    } finally {
      await prepared.dispose();
    }
  });
});
