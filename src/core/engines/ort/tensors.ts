import type { Tensor } from 'onnxruntime-web';
import { type HostTensor, LabError, packF16, unpackF16 } from '../../contract';
import type { Gpu } from '../../gpu/device';
import { createStorage } from '../../gpu/upload';
import type { OrtModule } from './runtime';

const TYPES = {
  f32: 'float32',
  f16: 'float16',
  i32: 'int32',
  i64: 'int64',
  bool: 'bool',
  u8: 'uint8',
  i8: 'int8',
  f64: 'float64',
} as const satisfies Record<HostTensor['dtype'], Tensor.Type>;

/** onnxruntime's own typed array for a tensor's elements. */
function rawData(tensor: HostTensor): Tensor.DataType {
  return (tensor.dtype === 'f16' ? packF16(tensor.data as Float32Array) : tensor.data) as Tensor.DataType;
}

export function toCpuTensor(ort: OrtModule, tensor: HostTensor): Tensor {
  return new ort.Tensor(TYPES[tensor.dtype], rawData(tensor) as never, [...tensor.dims]) as Tensor;
}

/** An input that stays on the GPU over all runs, as our own kernels' inputs do. */
export async function toGpuTensor(
  ort: OrtModule,
  gpu: Gpu,
  tensor: HostTensor,
): Promise<{ tensor: Tensor; buffer: GPUBuffer }> {
  const data = rawData(tensor) as unknown as ArrayBufferView<ArrayBuffer>;
  const bytes = Math.ceil(data.byteLength / 16) * 16;
  const buffer = await createStorage(gpu, tensor.name, bytes);
  const padded = new Uint8Array(bytes);
  padded.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  gpu.device.queue.writeBuffer(buffer, 0, padded);
  const dataType = TYPES[tensor.dtype] as 'float32' | 'float16';
  return { tensor: ort.Tensor.fromGpuBuffer(buffer, { dataType, dims: [...tensor.dims] }), buffer };
}

/** Whether the runtime takes this tensor as a GPU buffer; the rest is handed over from the CPU each run. */
export function fitsGpuTensor(tensor: HostTensor): boolean {
  return (tensor.dtype === 'f32' || tensor.dtype === 'f16') && tensor.data.length > 0;
}

/** @param data what `tensor.getData()` gave. */
export function toHostTensor(name: string, tensor: Tensor, data: Tensor.DataType): HostTensor {
  const dtype = (Object.keys(TYPES) as HostTensor['dtype'][]).find((key) => TYPES[key] === tensor.type);
  if (!dtype || Array.isArray(data)) {
    throw new LabError(
      'engine-error',
      `The model's output "${name}" has type ${tensor.type}, which the lab cannot compare.`,
      'Use a model with numeric outputs.',
    );
  }
  // With Float16Array in the browser the runtime gives that, else the bits in a Uint16Array.
  const values = data as unknown;
  const host =
    dtype === 'f16'
      ? values instanceof Uint16Array
        ? unpackF16(values)
        : Float32Array.from(values as ArrayLike<number>)
      : (values as HostTensor['data']);
  return { name, dtype, dims: tensor.dims, data: host };
}
