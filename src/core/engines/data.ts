import { elementCount, type HostTensor, roundToF16 } from '../contract';
import type { Kernel, Problem, TensorSpec } from '../kernels/kernel';
import { normals } from '../models/random';

/**
 * Seeded normal values for an operator's inputs and weights, as the GPU will see them (rounded to f16 where
 * stored so). Weights are scaled by 1/√(their first dimension), so that products stay of order one.
 */
export function kernelData(kernel: Kernel, problem: Problem, seed: number): readonly HostTensor[] {
  const key = JSON.stringify([kernel.id, problem, seed]);
  const known = last?.key === key ? last.data.deref() : undefined;
  if (known) return known;
  const data = drawData(kernel, problem, seed);
  last = { key, data: new WeakRef(data) };
  return data;
}

/**
 * The last data drawn, as long as nobody needs its memory: the cases of a group ask for the same in turn, and
 * drawing a quarter of a gigabyte takes a third of a second.
 */
let last: { readonly key: string; readonly data: WeakRef<readonly HostTensor[]> } | null = null;

function drawData(kernel: Kernel, problem: Problem, seed: number): HostTensor[] {
  return kernel
    .tensors(problem)
    .filter((spec) => spec.role !== 'output')
    .map((spec) => {
      const scale = spec.role === 'weight' && spec.dims.length > 1 ? 1 / Math.sqrt(spec.dims[0]!) : 1;
      const data = normals(elementCount(spec.dims), scale, seed, kernel.id, spec.name);
      return toHost(spec, problem.dtype === 'f16' ? roundToF16(data) : data);
    });
}

function toHost(spec: TensorSpec, data: Float32Array): HostTensor {
  return { name: spec.name, dtype: spec.dtype === 'f16' ? 'f16' : 'f32', dims: spec.dims, data };
}

export function byName(tensors: readonly HostTensor[]): Record<string, Float32Array> {
  return Object.fromEntries(tensors.map((t) => [t.name, t.data as Float32Array]));
}
