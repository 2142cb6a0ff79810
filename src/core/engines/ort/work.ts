import { remember } from '../../contract';
import { countWork, exposeIntermediates, type ModelWork, workAt } from '../../models/census';
import { makeInputs } from '../../models/inputs';
import type { LoadedModel } from '../../models/load';
import type { EngineContext } from '../engine';
import { loadRuntime } from './runtime';
import { disposeAll } from './session';
import { toCpuTensor } from './tensors';

/** Exposing every intermediate of a large model would not fit: its work is then not known. */
const MAX_BYTES = 256 << 20;

const known = new WeakMap<LoadedModel, Map<string, Promise<ModelWork | null>>>();

/**
 * Arithmetic and traffic of a run of any ONNX model: one run on the CPU with every intermediate exposed tells
 * all shapes. Null when it cannot be told.
 */
export async function modelWork(
  model: LoadedModel,
  batch: number,
  dims: Readonly<Record<string, number>>,
  context: EngineContext,
): Promise<{ flops: number; bytes: number } | null> {
  const byDims = remember(known, model, () => new Map<string, Promise<ModelWork | null>>());
  const work = await remember(byDims, JSON.stringify(dims), () => takeCensus(model, dims, context));
  return work && workAt(work, batch / (model.signature.fixedBatch ?? 1));
}

async function takeCensus(
  model: LoadedModel,
  dims: Readonly<Record<string, number>>,
  context: EngineContext,
): Promise<ModelWork | null> {
  if (model.bytes.length > MAX_BYTES || model.external.length > 0) return null;
  try {
    const ort = await loadRuntime('wasm', context.baseUrl);
    const session = await ort.InferenceSession.create(exposeIntermediates(model.bytes), {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'disabled',
      logSeverityLevel: 4,
    });
    try {
      const batch = model.signature.fixedBatch ?? 1;
      const inputs = makeInputs(model.signature, { batch, dims, seed: context.seed });
      const outputs = await session.run(Object.fromEntries(inputs.map((t) => [t.name, toCpuTensor(ort, t)])));
      const shapes = Object.fromEntries(
        [...inputs, ...Object.entries(outputs).map(([name, t]) => ({ name, dims: t.dims }))].map((t) => [
          t.name,
          t.dims,
        ]),
      );
      disposeAll(outputs);
      return countWork(model.bytes, shapes);
    } finally {
      await session.release();
    }
  } catch {
    // Not every graph runs with all its tensors exposed; the run itself does not depend on it.
    return null;
  }
}
