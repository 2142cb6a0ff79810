import { type Dtype, LabError, packF16 } from '../contract';
import type { Gpu } from './device';
import { storageBytes } from './program';

/** The bytes of `values` as the GPU stores them: f16 is rounded to nearest even. */
export function encodeElements(
  dtype: Dtype | 'u32',
  values: Float32Array | Uint32Array,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(storageBytes(dtype, values.length));
  switch (dtype) {
    case 'f32':
    case 'u32':
      out.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return out;
    case 'f16':
      new Uint16Array(out.buffer).set(packF16(values));
      return out;
    case 'i8':
    case 'i4':
      throw new LabError('internal', `No ${dtype} tensors yet.`, 'Use f32 or f16.');
    default:
      return dtype satisfies never;
  }
}

/**
 * A storage buffer, checked against the device.
 * @throws LabError `limit-exceeded` when one binding cannot hold it, `out-of-memory` when the GPU cannot.
 */
export async function createStorage(gpu: Gpu, label: string, bytes: number, usage = 0): Promise<GPUBuffer> {
  const limit = Math.min(gpu.limits.maxStorageBufferBindingSize ?? 0, gpu.limits.maxBufferSize ?? 0);
  if (bytes > limit) {
    throw new LabError(
      'limit-exceeded',
      `The buffer "${label}" needs ${bytes} bytes; this adapter allows ${limit} in one binding.`,
      'Choose a smaller shape or batch.',
    );
  }
  gpu.device.pushErrorScope('out-of-memory');
  const buffer = gpu.device.createBuffer({
    label,
    size: Math.max(bytes, 16),
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST | usage,
  });
  if (await gpu.device.popErrorScope()) {
    buffer.destroy();
    throw new LabError(
      'out-of-memory',
      `The GPU has no room for the buffer "${label}" of ${bytes} bytes.`,
      'Choose a smaller shape or batch, or close other pages that use the GPU.',
    );
  }
  return buffer;
}

/** Copies a buffer to CPU memory. */
export async function readBytes(gpu: Gpu, buffer: GPUBuffer, bytes = buffer.size): Promise<ArrayBuffer> {
  const staging = gpu.device.createBuffer({
    label: 'readback',
    size: bytes,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  try {
    const encoder = gpu.recorder.createEncoder({ label: 'readback' });
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, bytes);
    gpu.recorder.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return staging.getMappedRange().slice(0);
  } finally {
    staging.destroy();
  }
}
