import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { type Counters, type HostTensor, NO_COUNTERS, type Timing } from '../contract';
import { assertAlive, type Gpu } from '../gpu/device';
import { countRun } from './count-run';
import type { Engine, Prepared } from './engine';
import { placement } from './ort/placement';
import { buildFile, loadRuntime, type OrtModule } from './ort/runtime';
import { createSession, disposeAll, fetchOutputs, runSession } from './ort/session';
import { notOnnx, type OrtSource, ortSource } from './ort/source';
import { fitsGpuTensor, toCpuTensor, toGpuTensor } from './ort/tensors';

type Feeds = Record<string, Tensor>;

class OrtWebGpuCase implements Prepared {
  /** A foreign runtime's passes cannot be repeated; their time is averaged over samples instead. */
  readonly repeats = 1;
  createNs = 0;
  firstNs = 0;
  pipelines = 0;
  peakBytes = 0;
  outputBytes = 0;
  private readonly feeds: Feeds = {};
  private readonly buffers: GPUBuffer[] = [];

  constructor(
    private readonly ort: OrtModule,
    private readonly gpu: Gpu,
    private readonly source: Omit<OrtSource, 'inputs'>,
    private readonly session: InferenceSession,
  ) {}

  /** Puts the inputs on the GPU, where they stay over all runs. */
  async feed(inputs: readonly HostTensor[]): Promise<void> {
    for (const input of inputs) {
      if (fitsGpuTensor(input)) {
        const { tensor, buffer } = await toGpuTensor(this.ort, this.gpu, input);
        this.feeds[input.name] = tensor;
        this.buffers.push(buffer);
      } else {
        this.feeds[input.name] = toCpuTensor(this.ort, input);
      }
    }
  }

  /** The first run compiles the shaders; it also tells how large the outputs are. */
  async first(): Promise<void> {
    const start = performance.now();
    const outputs = await runSession(this.session, this.feeds);
    try {
      await this.gpu.device.queue.onSubmittedWorkDone();
      this.firstNs = (performance.now() - start) * 1e6;
      this.outputBytes = Object.values(outputs).reduce((sum, t) => sum + t.size * 4, 0);
    } finally {
      disposeAll(outputs);
    }
  }

  async once(readBack: boolean): Promise<Timing> {
    const { recorder, device } = this.gpu;
    recorder.start();
    const start = performance.now();
    const outputs = await runSession(this.session, this.feeds);
    try {
      const submitted = performance.now();
      recorder.end();
      await device.queue.onSubmittedWorkDone();
      const done = performance.now();
      let readbackNs: number | null = null;
      if (readBack) {
        await fetchOutputs(outputs);
        readbackNs = (performance.now() - start) * 1e6;
      }
      const { busyNs, negative, waitNs } = await recorder.collect();
      return {
        gpuNs: busyNs,
        // The runtime itself may wait for the GPU in the middle of a run, when it leaves nodes on the CPU.
        encodeNs: Math.max(0, (submitted - start) * 1e6 - waitNs),
        wallNs: (done - start) * 1e6,
        readbackNs,
        negativePasses: negative,
      };
    } finally {
      recorder.end();
      disposeAll(outputs);
    }
  }

  async saturate(runs: number): Promise<number> {
    const start = performance.now();
    for (let i = 0; i < runs; i++) disposeAll(await runSession(this.session, this.feeds));
    await this.gpu.device.queue.onSubmittedWorkDone();
    return (performance.now() - start) * 1e6;
  }

  async outputs(): Promise<HostTensor[]> {
    assertAlive(this.gpu);
    const outputs = await runSession(this.session, this.feeds);
    try {
      return await fetchOutputs(outputs);
    } finally {
      disposeAll(outputs);
    }
  }

  async tune(): Promise<void> {}

  async counters(): Promise<Counters> {
    const counted = await countRun(this.gpu, async () => {
      disposeAll(await runSession(this.session, this.feeds));
    });
    const placed = await placement(this.ort, this.source, this.gpu.device);
    return {
      ...NO_COUNTERS,
      ...counted,
      flops: this.source.flops,
      bytes: this.source.moved,
      pipelines: this.pipelines,
      peakBytes: this.peakBytes,
      ...(placed ?? {}),
    };
  }

  async dispose(): Promise<void> {
    await this.session.release();
    for (const buffer of this.buffers) buffer.destroy();
  }
}

export const ortWebGpu: Engine = {
  id: 'ort-webgpu',
  title: 'onnxruntime-web WebGPU',
  note: 'The WebGPU execution provider of onnxruntime-web.',
  gpu: true,

  version: () => ({ version: __ORT_VERSION__, build: buildFile('webgpu') }),

  unsupported(workload, _options, { gpu }) {
    if (!gpu) return 'No WebGPU adapter here.';
    if (workload.dtype === 'f16' && !gpu.features.includes('shader-f16'))
      return 'This adapter has no shader-f16.';
    return notOnnx(workload);
  },

  async prepare(workload, _options, context) {
    const gpu = context.gpu!;
    const source = await ortSource(workload, context);
    const ort = await loadRuntime('webgpu', context.baseUrl);
    const pipelines = gpu.recorder.pipelines;
    gpu.memory.resetPeak();
    const base = gpu.memory.liveBytes;
    const start = performance.now();
    const session = await createSession(ort, source, {
      executionProviders: [{ name: 'webgpu', device: gpu.device }],
      preferredOutputLocation: 'gpu-buffer',
    });
    const createNs = (performance.now() - start) * 1e6;
    const { inputs, ...model } = source;
    const prepared = new OrtWebGpuCase(ort, gpu, model, session);
    try {
      await prepared.feed(inputs);
      await prepared.first();
    } catch (error) {
      await prepared.dispose();
      throw error;
    }
    prepared.createNs = createNs;
    prepared.pipelines = gpu.recorder.pipelines - pipelines;
    prepared.peakBytes = gpu.memory.peakBytes - base;
    return prepared;
  },
};
