import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { type Counters, type HostTensor, NO_COUNTERS, type Timing } from '../contract';
import type { Engine, Prepared } from './engine';
import { buildFile, loadRuntime, wasmThreads } from './ort/runtime';
import { createSession, fetchOutputs, runSession } from './ort/session';
import { notOnnx, type OrtSource, ortSource } from './ort/source';
import { toCpuTensor } from './ort/tensors';

class OrtWasmCase implements Prepared {
  readonly outputBytes = 0;
  readonly repeats = 1;

  constructor(
    private readonly source: OrtSource,
    private readonly session: InferenceSession,
    private readonly feeds: Record<string, Tensor>,
    readonly createNs: number,
    readonly firstNs: number,
  ) {}

  /** The run computes on this thread and gives CPU tensors: wall and readback are one clock. */
  async once(): Promise<Timing> {
    const start = performance.now();
    await runSession(this.session, this.feeds);
    const wallNs = (performance.now() - start) * 1e6;
    return { gpuNs: null, encodeNs: null, wallNs, readbackNs: wallNs, negativePasses: 0 };
  }

  async saturate(runs: number): Promise<number> {
    const start = performance.now();
    for (let i = 0; i < runs; i++) await runSession(this.session, this.feeds);
    return (performance.now() - start) * 1e6;
  }

  async outputs(): Promise<HostTensor[]> {
    return fetchOutputs(await runSession(this.session, this.feeds));
  }

  async tune(): Promise<void> {}

  async counters(): Promise<Counters> {
    const { flops, moved, nodes } = this.source;
    return { ...NO_COUNTERS, flops, bytes: moved, nodes };
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

export const ortWasm: Engine = {
  id: 'ort-wasm',
  title: 'onnxruntime-web WASM',
  note: 'onnxruntime-web on the CPU, SIMD and threads where the page is cross-origin isolated.',
  gpu: false,

  version: () => ({ version: __ORT_VERSION__, build: `${buildFile('wasm')} ×${wasmThreads()}` }),

  unsupported: (workload) => notOnnx(workload),

  async prepare(workload, _options, context) {
    const source = await ortSource(workload, context);
    const ort = await loadRuntime('wasm', context.baseUrl);
    const start = performance.now();
    const session = await createSession(ort, source, { executionProviders: ['wasm'] });
    const created = performance.now();
    const feeds = Object.fromEntries(source.inputs.map((input) => [input.name, toCpuTensor(ort, input)]));
    const begin = performance.now();
    try {
      await runSession(session, feeds);
    } catch (error) {
      await session.release();
      throw error;
    }
    return new OrtWasmCase(
      source,
      session,
      feeds,
      (created - start) * 1e6,
      (performance.now() - begin) * 1e6,
    );
  },
};
