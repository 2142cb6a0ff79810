import { type HostTensor, LabError, type Workload } from '../../contract';
import { kernelById } from '../../kernels';
import { blockWork } from '../../models/block';
import { buildOnnx } from '../../models/build';
import { makeInputs } from '../../models/inputs';
import { kernelData } from '../data';
import type { EngineContext } from '../engine';
import type { SessionModel } from './session';
import { modelWork } from './work';

/** A workload as onnxruntime takes it. */
export interface OrtSource extends SessionModel {
  readonly inputs: readonly HostTensor[];
  readonly nodes: number;
  readonly flops: number | null;
  readonly moved: number | null;
}

/** Why the runtime cannot be given this workload, or null. */
export function notOnnx(workload: Workload): string | null {
  if (workload.kind === 'model') return null;
  const kernel = kernelById(workload.id);
  const invalid = kernel.invalid(workload.shape);
  if (invalid) return invalid;
  const tiny = { shape: workload.shape.map(() => 1), dtype: workload.dtype };
  return kernel.graph(tiny, []) ? null : 'ONNX has no operator for this probe.';
}

/**
 * @throws LabError `unsupported` for a precision that the model's file does not have, or a batch that it does not
 * take, and what loading it throws.
 */
export async function ortSource(workload: Workload, context: EngineContext): Promise<OrtSource> {
  const { seed } = context;
  if (workload.kind === 'kernel') {
    const kernel = kernelById(workload.id);
    const problem = { shape: workload.shape, dtype: workload.dtype };
    const data = kernelData(kernel, problem, seed);
    const specs = kernel.tensors(problem);
    const is = (role: string) => (t: HostTensor) => specs.some((s) => s.name === t.name && s.role === role);
    const graph = kernel.graph(problem, data.filter(is('weight')))!;
    return {
      bytes: buildOnnx(graph),
      external: [],
      inputs: data.filter(is('input')),
      freeDims: {},
      nodes: graph.nodes.length,
      flops: kernel.flops(problem),
      moved: kernel.bytes(problem),
    };
  }
  const { batch, model, dtype } = workload;
  const loaded = await context.model(model, dtype);
  const dims = 'dims' in model && model.dims ? model.dims : {};
  const { signature, bytes, external } = loaded;
  if (signature.dtype !== dtype) {
    throw new LabError(
      'unsupported',
      `The file computes in ${signature.dtype}, not in ${dtype}: ask for ${signature.dtype} (--dtype ${signature.dtype}).`,
      `Measure it in ${signature.dtype}, or export it in ${dtype}.`,
    );
  }
  const inputs = makeInputs(signature, { batch, dims, seed });
  const work =
    model.from === 'block'
      ? blockWork(model.block, dtype, batch)
      : await modelWork(loaded, batch, dims, context);
  return {
    bytes,
    external,
    inputs,
    freeDims: {
      ...signature.freeDims,
      ...dims,
      ...(signature.batchDim ? { [signature.batchDim]: batch } : {}),
    },
    nodes: signature.nodes,
    flops: work?.flops ?? null,
    moved: work?.bytes ?? null,
  };
}
