import { LabError, unpackF16 } from '../contract';
import type { Gpu } from './device';
import { type PipelineCache, pipelineFor } from './pipelines';
import { type BufferSpec, type Program, type Stage, storageBytes } from './program';
import { createStorage, encodeElements, readBytes } from './upload';

/** A program on the device: buffers filled, pipelines and bind groups made, setup stages done. */
export interface Executor {
  /** Encodes one run into a pass. */
  encode(pass: GPUComputePassEncoder): void;
  /** Encodes and submits `repeats` runs in one pass, with no wait. */
  submit(repeats?: number): void;
  /** Elements of a buffer, as f32. */
  read(name: string): Promise<Float32Array>;
  /** Fills outputs and scratch with NaN, so that what is not written shows. */
  poison(): void;
  destroy(): void;
}

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroups: Stage['workgroups'];
}

/** @param data values of every input and weight, by buffer name. */
export async function createExecutor(
  gpu: Gpu,
  program: Program,
  data: Readonly<Record<string, Float32Array>>,
): Promise<Executor> {
  const buffers = new Map<string, GPUBuffer>();
  const destroy = () => {
    for (const buffer of buffers.values()) buffer.destroy();
  };
  try {
    for (const spec of program.buffers) buffers.set(spec.name, await fill(gpu, spec, data));
    const cache: PipelineCache = new Map();
    // All pipelines compile at once: browsers do it off the thread.
    const [setup, stages] = await Promise.all([
      Promise.all(program.setup.map((stage) => bind(gpu, stage, buffers, cache))),
      Promise.all(program.stages.map((stage) => bind(gpu, stage, buffers, cache))),
    ]);
    const executor = new ProgramExecutor(gpu, program, buffers, stages);
    if (setup.length > 0) submitPass(gpu, 'setup', (pass) => dispatch(pass, setup));
    return executor;
  } catch (error) {
    destroy();
    throw error;
  }
}

async function fill(
  gpu: Gpu,
  spec: BufferSpec,
  data: Readonly<Record<string, Float32Array>>,
): Promise<GPUBuffer> {
  const empty = spec.role === 'output' || spec.role === 'scratch';
  const buffer = await createStorage(gpu, spec.name, storageBytes(spec.dtype, spec.length));
  if (empty) return buffer;
  const values = data[spec.name];
  if (!values || values.length !== spec.length) {
    buffer.destroy();
    throw new LabError(
      'internal',
      `The program's ${spec.role} "${spec.name}" wants ${spec.length} elements and got ${values?.length ?? 'none'}.`,
      'Report it with the kernel and the shape.',
    );
  }
  gpu.device.queue.writeBuffer(buffer, 0, encodeElements(spec.dtype, values));
  return buffer;
}

async function bind(
  gpu: Gpu,
  stage: Stage,
  buffers: ReadonlyMap<string, GPUBuffer>,
  cache: PipelineCache,
): Promise<Dispatch> {
  const pipeline = await pipelineFor(gpu, stage, cache);
  const entries = stage.bindings.map(({ buffer }, binding) => ({
    binding,
    resource: { buffer: buffers.get(buffer)! },
  }));
  const group = gpu.device.createBindGroup({
    label: stage.label,
    layout: pipeline.getBindGroupLayout(0),
    entries,
  });
  return { pipeline, group, workgroups: stage.workgroups };
}

function dispatch(pass: GPUComputePassEncoder, stages: readonly Dispatch[]): void {
  for (const { pipeline, group, workgroups } of stages) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(...workgroups);
  }
}

function submitPass(gpu: Gpu, label: string, encode: (pass: GPUComputePassEncoder) => void): void {
  const encoder = gpu.device.createCommandEncoder({ label });
  const pass = encoder.beginComputePass({ label });
  encode(pass);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
}

class ProgramExecutor implements Executor {
  constructor(
    private readonly gpu: Gpu,
    private readonly program: Program,
    private readonly buffers: ReadonlyMap<string, GPUBuffer>,
    private readonly stages: readonly Dispatch[],
  ) {}

  encode(pass: GPUComputePassEncoder): void {
    dispatch(pass, this.stages);
  }

  submit(repeats = 1): void {
    submitPass(this.gpu, 'run', (pass) => {
      for (let i = 0; i < repeats; i++) this.encode(pass);
    });
  }

  async read(name: string): Promise<Float32Array> {
    const spec = this.program.buffers.find((b) => b.name === name)!;
    const bytes = await readBytes(this.gpu, this.buffers.get(name)!);
    if (spec.dtype !== 'f16') return new Float32Array(bytes, 0, spec.length);
    return unpackF16(new Uint16Array(bytes, 0, spec.length));
  }

  poison(): void {
    for (const spec of this.program.buffers) {
      if (spec.role === 'input' || spec.role === 'weight') continue;
      // Scratch that the setup stages filled belongs to the weights.
      if (this.program.setup.some((s) => s.bindings.some((b) => b.buffer === spec.name))) continue;
      const buffer = this.buffers.get(spec.name)!;
      // All ones is a NaN in f32 and in f16.
      this.gpu.device.queue.writeBuffer(buffer, 0, new Uint8Array(buffer.size).fill(0xff));
    }
  }

  destroy(): void {
    for (const buffer of this.buffers.values()) buffer.destroy();
  }
}
