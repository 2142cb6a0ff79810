/**
 * What a workload should give, independently of the engine under test (method.md 7): a float64 reference for
 * operators and the transformer block, onnxruntime's unoptimised CPU path for any other model.
 */
import {
  elementCount,
  type HostTensor,
  type KernelWorkload,
  LabError,
  type ModelWorkload,
  remember,
  type Workload,
} from '../contract';
import { kernelById } from '../kernels';
import type { Expectation } from '../kernels/kernel';
import { blockReference } from '../models/block-reference';
import { ITEM_PERIOD, makeInputs } from '../models/inputs';
import type { LoadedModel } from '../models/load';
import { compareOutputs, type Expected } from './compare-outputs';
import { byName, kernelData } from './data';
import type { Check, EngineContext } from './engine';
import { loadRuntime } from './ort/runtime';
import { createSession, fetchOutputs, runSession } from './ort/session';
import { ortSource } from './ort/source';
import { toCpuTensor } from './ort/tensors';
import { sampleElements } from './sampling';

/**
 * @throws LabError `engine-error`, whatever went wrong: a case without a reference has failed. Its size says nothing
 * of what the engine under test can take.
 */
export async function reference(workload: Workload, context: EngineContext): Promise<Check> {
  try {
    return await checkOf(workload, context);
  } catch (cause) {
    throw new LabError(
      'engine-error',
      `The reference could not be computed: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Choose a smaller batch or shape: without a reference nothing can be verified, and no time is shown.',
      { cause },
    );
  }
}

async function checkOf(workload: Workload, context: EngineContext): Promise<Check> {
  if (workload.kind === 'kernel') return kernelCheck(workload, context);
  if (workload.model.from === 'block') return blockCheck(workload, context);
  return modelCheck(workload, context);
}

function kernelCheck(workload: KernelWorkload, context: EngineContext): Check {
  const kernel = kernelById(workload.id);
  const problem = { shape: workload.shape, dtype: workload.dtype };
  const data = byName(kernelData(kernel, problem, context.seed));
  const outputs = kernel.tensors(problem).filter((t) => t.role === 'output');
  const flopsPerRow = kernel.flopsPerRow?.(problem) ?? 0;
  const flopsPerElement = kernel.flops(problem) / outputs.reduce((sum, o) => sum + elementCount(o.dims), 0);
  const expected = outputs.map((output): Expected => {
    const elements = sampleElements(output.dims, { flopsPerElement, flopsPerRow });
    return { output: output.name, elements, ...kernel.reference(problem, data, output.name, elements) };
  });
  return (tensors) => compareOutputs('float64 reference', expected, tensors);
}

async function blockCheck(workload: ModelWorkload, context: EngineContext): Promise<Check> {
  const loaded = await context.model(workload.model, workload.dtype);
  const { config, weights } = loaded.block!;
  const [x] = makeInputs(loaded.signature, { batch: workload.batch, seed: context.seed });
  const size = config.sequence * config.hidden;
  // The last item beside the first: a wrong batch stride shows there.
  const items = [...new Set([0, workload.batch - 1])];
  const expected = items.map((item): Expected => {
    const input = (x!.data as Float32Array).subarray(item * size, (item + 1) * size);
    const expectation = remembered(loaded, item % ITEM_PERIOD, () =>
      blockReference(config, weights, input, workload.dtype),
    );
    return {
      output: 'y',
      elements: Uint32Array.from({ length: size }, (_, i) => item * size + i),
      ...expectation,
    };
  });
  return (tensors) => compareOutputs('float64 reference, first and last item', expected, tensors);
}

/** References of a block's items: a second's work each, and the same at every batch size. */
const references = new WeakMap<LoadedModel, Map<number, Expectation>>();

function remembered(model: LoadedModel, item: number, compute: () => Expectation): Expectation {
  return remember(
    remember(references, model, () => new Map<number, Expectation>()),
    item,
    compute,
  );
}

/**
 * Allowed error of a model's output relative to its magnitude, |reference| + rms: the depth of an arbitrary
 * graph is not known, so this is a stated bound and not a derived one. It goes by the lowest precision in the
 * file, since f16 weights make f32 outputs no better. Integers must agree exactly.
 */
const MODEL_TOLERANCE = { f32: 1e-3, f16: 2e-2 } as const;

async function modelCheck(workload: ModelWorkload, context: EngineContext): Promise<Check> {
  const source = await ortSource(workload, context);
  const ort = await loadRuntime('wasm', context.baseUrl);
  const session = await createSession(ort, source, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'disabled',
  });
  try {
    const feeds = Object.fromEntries(source.inputs.map((t) => [t.name, toCpuTensor(ort, t)]));
    const outputs = await fetchOutputs(await runSession(session, feeds));
    // `ortSource` made sure that this is the file's own precision.
    const relative = MODEL_TOLERANCE[workload.dtype === 'f16' ? 'f16' : 'f32'];
    const expected = outputs.map((output) => modelExpectation(output, relative));
    return (tensors) => compareOutputs('onnxruntime on the CPU, optimiser off', expected, tensors);
  } finally {
    await session.release();
  }
}

/** @param relative allowed error of a float. Values that are not finite are left out of the magnitude. */
export function modelExpectation({ name, dtype, data }: HostTensor, relative: number): Expected {
  const values = Float64Array.from(data as ArrayLike<number>, Number);
  const float = dtype === 'f32' || dtype === 'f64' || dtype === 'f16';
  const finite = values.filter(Number.isFinite);
  const rms = Math.sqrt(finite.reduce((sum, v) => sum + v * v, 0) / Math.max(1, finite.length));
  return { output: name, values, bounds: values.map((v) => (float ? relative * (Math.abs(v) + rms) : 0)) };
}
