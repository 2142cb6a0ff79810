import { type BufferSpec, payloadBytes } from '../gpu/program';
import type { TensorSpec } from './kernel';

/** The buffers of an operator's tensors. */
export function tensorBuffers(tensors: readonly TensorSpec[]): BufferSpec[] {
  return tensors.map(({ name, role, dtype, dims }) => ({ name, role, dtype, length: size(dims) }));
}

/** Bytes of every tensor once: the least that any implementation moves. */
export function tensorBytes(tensors: readonly TensorSpec[]): number {
  return tensors.reduce((sum, { dtype, dims }) => sum + payloadBytes(dtype, size(dims)), 0);
}

const size = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);
