import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../contract';
import { calibrate } from './calibrate';
import { type Gpu, openGpu } from './device';
import { createExecutor } from './executor';
import type { Program } from './program';

let gpu: Gpu;

beforeAll(async () => {
  const opened = await openGpu('any');
  if ('missing' in opened) throw new Error(opened.missing);
  gpu = opened;
});
afterAll(() => gpu.device.destroy());

const code = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
override factor: f32;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&x)) { y[id.x] = factor * x[id.x]; }
}`;

function scale(shader = code): Program {
  const stage = {
    label: 'scale',
    code: shader,
    constants: { factor: 3 },
    bindings: [
      { buffer: 'x', access: 'read' },
      { buffer: 'y', access: 'write' },
    ],
    workgroups: [2, 1, 1],
  } as const;
  return {
    buffers: [
      { name: 'x', role: 'input', dtype: 'f32', length: 100 },
      { name: 'y', role: 'output', dtype: 'f32', length: 100 },
    ],
    setup: [],
    stages: [stage, stage],
  };
}

const x = Float32Array.from({ length: 100 }, (_, i) => i);

describe('the GPU layer', () => {
  it('knows the software adapter', () => {
    expect(gpu.adapter.software).toBe(true);
  });

  it('calibrates its timer', async () => {
    const timer = await calibrate(gpu);
    expect(timer.clock).toBe('timestamp-query');
    expect(timer.quantumNs).toBeGreaterThan(0);
    expect(timer.syncFloorNs).toBeGreaterThan(0);
    expect(timer.wallStepNs).toBeGreaterThan(0);
  });

  it('runs a program, times its passes and counts its work', async () => {
    const live = gpu.memory.liveBytes;
    const executor = await createExecutor(gpu, scale(), { x });
    gpu.recorder.start();
    executor.submit(3);
    gpu.recorder.end();
    executor.submit();
    expect(await gpu.recorder.collect()).toMatchObject({ dispatches: 6, passes: 1, submits: 1, negative: 0 });
    expect(await executor.read('y')).toEqual(x.map((v) => 3 * v));
    executor.poison();
    expect((await executor.read('y')).every(Number.isNaN)).toBe(true);
    expect(gpu.memory.liveBytes).toBeGreaterThan(live);
    executor.destroy();
    executor.destroy();
    expect(gpu.memory.liveBytes).toBe(live);
  });

  it('says which line of a shader is wrong', async () => {
    const broken = code.replace('factor *', 'facter *');
    const failed = createExecutor(gpu, scale(broken), { x });
    await expect(failed).rejects.toBeInstanceOf(LabError);
    await expect(failed).rejects.toMatchObject({ code: 'shader-error', message: /line 6.*facter/s });
  });

  it('refuses a buffer over the limit before allocating it', async () => {
    const limit = gpu.limits.maxStorageBufferBindingSize!;
    const program = scale();
    const huge = { ...program, buffers: [{ ...program.buffers[1]!, length: limit }] };
    await expect(createExecutor(gpu, huge, {})).rejects.toMatchObject({ code: 'limit-exceeded' });
  });
});
