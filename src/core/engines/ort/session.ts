import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { type HostTensor, LabError } from '../../contract';
import type { OrtModule } from './runtime';
import { toHostTensor } from './tensors';

/** A model with everything a session needs. */
export interface SessionModel {
  readonly bytes: Uint8Array;
  readonly external: readonly { readonly path: string; readonly data: Uint8Array }[];
  /** Sizes of the free dimensions, so that the runtime can plan for fixed shapes. */
  readonly freeDims: Readonly<Record<string, number>>;
}

/**
 * Creates a session for a model with fixed dimensions: the runtime's best form for one batch size.
 * @throws LabError `engine-error`, `out-of-memory` or `bad-model` in the runtime's own words.
 */
export async function createSession(
  ort: OrtModule,
  model: SessionModel,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  try {
    return await ort.InferenceSession.create(model.bytes, {
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      freeDimensionOverrides: model.freeDims,
      ...(model.external.length > 0 ? { externalData: [...model.external] } : {}),
      ...options,
    });
  } catch (error) {
    throw engineError(error);
  }
}

/** Runs and turns the runtime's exceptions into typed ones. */
export async function runSession(
  session: InferenceSession,
  feeds: Record<string, Tensor>,
): Promise<Record<string, Tensor>> {
  try {
    return (await session.run(feeds)) as Record<string, Tensor>;
  } catch (error) {
    throw engineError(error);
  }
}

/** Brings all outputs to the CPU. Tensors on the GPU are copied and stay valid. */
export async function fetchOutputs(outputs: Readonly<Record<string, Tensor>>): Promise<HostTensor[]> {
  const tensors: HostTensor[] = [];
  for (const [name, tensor] of Object.entries(outputs)) {
    tensors.push(toHostTensor(name, tensor, await tensor.getData()));
  }
  return tensors;
}

/** onnxruntime leaks GPU tensors that are not disposed. */
export function disposeAll(outputs: Readonly<Record<string, Tensor>>): void {
  for (const tensor of Object.values(outputs)) tensor.dispose();
}

// Messages quote names of nodes: only whole words of an error count (`bloom/MatMul` is not out of memory).
const OUT_OF_MEMORY = /\bout of memory\b|\bbad_alloc\b|\ballocation failed\b|\bArray buffer allocation\b/i;
const OOM = /\bOOM\b/;
const BAD_MODEL =
  /\bprotobuf parsing failed\b|\binvalid model\b|\bunsupported model\b|\bopset\b|\bnot a registered function\b/i;

function engineError(error: unknown): LabError {
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (OUT_OF_MEMORY.test(message) || OOM.test(message)) {
    return new LabError(
      'out-of-memory',
      `onnxruntime ran out of memory: ${message}`,
      'Choose a smaller batch.',
      options,
    );
  }
  if (BAD_MODEL.test(message)) {
    return new LabError(
      'bad-model',
      `onnxruntime does not take this model: ${message}`,
      'Check it with the ONNX checker, or export it with opset 17 or later.',
      options,
    );
  }
  return new LabError(
    'engine-error',
    `onnxruntime failed: ${message}`,
    'Try the other engine; if only this one fails, report it to onnxruntime with the model.',
    options,
  );
}
