/** Our own kernels: an operator's variant, or the transformer block as a plan of kernels. */
import type { HostTensor, Timing, Workload } from '../contract';
import { LabError, NO_COUNTERS, roundToF16 } from '../contract';
import type { Gpu } from '../gpu/device';
import { createExecutor, type Executor } from '../gpu/executor';
import type { Program } from '../gpu/program';
import type { Recording } from '../gpu/recorder';
import { kernelById } from '../kernels';
import type { DeviceLimits, Variant } from '../kernels/kernel';
import { blockWork } from '../models/block';
import { makeInputs } from '../models/inputs';
import { blockProgram } from './block-plan';
import { countRun } from './count-run';
import { byName, kernelData } from './data';
import type { CaseOptions, Engine, EngineContext, Prepared } from './engine';

/** A workload as a program with its data. */
interface Plan {
  readonly program: Program;
  readonly data: Readonly<Record<string, Float32Array>>;
  /** Shapes of the outputs, by buffer name. */
  readonly outputs: readonly Omit<HostTensor, 'data'>[];
  readonly flops: number;
  readonly bytes: number;
}

function variantOf(workload: Extract<Workload, { kind: 'kernel' }>, options: CaseOptions): Variant {
  const kernel = kernelById(workload.id);
  const wanted = options.variant ?? kernel.variants.at(-1)!.id;
  const variant = kernel.variants.find((v) => v.id === wanted);
  if (variant) return variant;
  throw new LabError(
    'bad-spec',
    `The kernel ${kernel.id} has no variant "${wanted}".`,
    `Choose one of ${kernel.variants.map((v) => v.id).join(', ')}.`,
  );
}

async function plan(workload: Workload, options: CaseOptions, context: EngineContext): Promise<Plan> {
  const limits = context.gpu!.limits as unknown as DeviceLimits;
  const { dtype } = workload;
  const storage = dtype === 'f16' ? 'f16' : 'f32';
  if (workload.kind === 'kernel') {
    const kernel = kernelById(workload.id);
    const problem = { shape: workload.shape, dtype };
    return {
      program: variantOf(workload, options).program(problem, limits),
      data: byName(kernelData(kernel, problem, context.seed)),
      outputs: kernel
        .tensors(problem)
        .filter((t) => t.role === 'output')
        .map((t) => ({ name: t.name, dtype: storage, dims: t.dims })),
      flops: kernel.flops(problem),
      bytes: kernel.bytes(problem),
    };
  }
  const loaded = await context.model(workload.model, dtype);
  const { config, weights } = loaded.block!;
  const inputs = makeInputs(loaded.signature, { batch: workload.batch, seed: context.seed });
  const data = byName([...inputs, ...weights]);
  if (dtype === 'f16') for (const name in data) data[name] = roundToF16(data[name]!);
  const work = blockWork(config, dtype, workload.batch);
  return {
    program: blockProgram(
      config,
      dtype,
      workload.batch,
      options.variant === 'unfused' ? 'unfused' : 'fused',
      limits,
    ),
    data,
    outputs: [{ name: 'y', dtype: storage, dims: [workload.batch, config.sequence, config.hidden] }],
    flops: work.flops,
    bytes: work.bytes,
  };
}

class WgslCase implements Prepared {
  repeats = 1;
  readonly outputBytes: number;

  constructor(
    private readonly gpu: Gpu,
    /** Without the program and its data: hundreds of megabytes that the GPU has by now. */
    private readonly plan: Pick<Plan, 'outputs' | 'flops' | 'bytes'>,
    private readonly executor: Executor,
    readonly createNs: number,
    readonly firstNs: number,
    private readonly made: { readonly pipelines: number; readonly peakBytes: number },
  ) {
    this.outputBytes = plan.outputs.reduce((sum, o) => sum + elements(o) * (o.dtype === 'f16' ? 2 : 4), 0);
  }

  async once(readBack: boolean): Promise<Timing> {
    const { gpu, executor } = this;
    gpu.recorder.start();
    const start = performance.now();
    executor.submit();
    const submitted = performance.now();
    gpu.recorder.end();
    await gpu.device.queue.onSubmittedWorkDone();
    const done = performance.now();
    let readbackNs: number | null = null;
    if (readBack) {
      for (const { name } of this.plan.outputs) await executor.read(name);
      readbackNs = (performance.now() - start) * 1e6;
    }
    const gpuTime =
      this.repeats === 1 ? timed(await gpu.recorder.collect(), 1) : await this.#repeated(this.repeats);
    const clocks = { encodeNs: (submitted - start) * 1e6, wallNs: (done - start) * 1e6, readbackNs };
    return { ...gpuTime, ...clocks };
  }

  /** GPU time of one of `repeats` runs in a pass. */
  async #repeated(repeats: number) {
    const { recorder } = this.gpu;
    recorder.start();
    this.executor.submit(repeats);
    recorder.end();
    return timed(await recorder.collect(), repeats);
  }

  async tune(minPassNs: number, maxPassNs: number): Promise<void> {
    if (!this.gpu.recorder.timestamps) return;
    // A second look with more repeats: one short pass says little on a coarse timer.
    for (let look = 0; look < 3; look++) {
      const one = (await this.#repeated(this.repeats)).gpuNs ?? 0;
      const floor = one > 0 ? one : minPassNs / (this.repeats * 16);
      const wanted = Math.ceil(minPassNs / floor);
      const most = Math.max(1, Math.floor(maxPassNs / floor));
      const next = Math.max(1, Math.min(wanted, most));
      if (next <= this.repeats) return;
      this.repeats = next;
    }
  }

  async saturate(runs: number): Promise<number> {
    const start = performance.now();
    for (let i = 0; i < runs; i++) this.executor.submit();
    await this.gpu.device.queue.onSubmittedWorkDone();
    return (performance.now() - start) * 1e6;
  }

  async outputs(): Promise<HostTensor[]> {
    this.executor.poison();
    this.executor.submit();
    const tensors: HostTensor[] = [];
    for (const output of this.plan.outputs) {
      tensors.push({ ...output, data: await this.executor.read(output.name) });
    }
    return tensors;
  }

  async counters() {
    const counted = await countRun(this.gpu, () => this.executor.submit());
    const { flops, bytes } = this.plan;
    return { ...NO_COUNTERS, ...counted, flops, bytes, ...this.made };
  }

  async dispose(): Promise<void> {
    this.executor.destroy();
  }
}

function timed({ busyNs, negative }: Recording, repeats: number) {
  return { gpuNs: busyNs === null ? null : busyNs / repeats, negativePasses: negative };
}

const elements = (o: { readonly dims: readonly number[] }) => o.dims.reduce((a, b) => a * b, 1);

export const wgsl: Engine = {
  id: 'wgsl',
  title: 'WGSL kernels',
  note: "Rooflab's own kernels: operators and the transformer block.",
  gpu: true,

  version: () => ({ version: __ROOFLAB_VERSION__, build: 'wgsl' }),

  unsupported(workload, _options, { gpu }) {
    if (!gpu) return 'No WebGPU adapter here.';
    if (workload.dtype === 'f16' && !gpu.features.includes('shader-f16')) {
      return 'This adapter has no shader-f16.';
    }
    if (workload.kind === 'kernel') return kernelById(workload.id).invalid(workload.shape);
    return workload.model.from === 'block' ? null : 'There are no hand-written kernels for this model.';
  },

  async prepare(workload, options, context) {
    const gpu = context.gpu!;
    const { program, data, ...planned } = await plan(workload, options, context);
    const pipelines = gpu.recorder.pipelines;
    gpu.memory.resetPeak();
    const base = gpu.memory.liveBytes;
    const start = performance.now();
    const executor = await createExecutor(gpu, program, data);
    const created = performance.now();
    executor.submit();
    await gpu.device.queue.onSubmittedWorkDone();
    const first = performance.now();
    const made = { pipelines: gpu.recorder.pipelines - pipelines, peakBytes: gpu.memory.peakBytes - base };
    return new WgslCase(gpu, planned, executor, (created - start) * 1e6, (first - created) * 1e6, made);
  },
};
