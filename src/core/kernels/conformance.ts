/**
 * What every variant of every kernel must do, whatever the operator: meet its reference on the whole output,
 * write nothing else, read nothing else into the result, and repeat bit for bit. Used by tests only.
 */
import { elementCount, roundToF16 } from '../contract';
import type { Gpu } from '../gpu/device';
import { createExecutor } from '../gpu/executor';
import type { Program } from '../gpu/program';
import { normal, rng } from '../stats';
import type { DeviceLimits, Expectation, Kernel, Problem } from './kernel';
import type { FloatDtype } from './wgsl';

export const FLOAT_DTYPES: readonly FloatDtype[] = ['f32', 'f16'];

/** Defaults of the WebGPU specification: what every device has. */
export const GUARANTEED_LIMITS: DeviceLimits = {
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeWorkgroupsPerDimension: 65535,
  maxStorageBufferBindingSize: 134217728,
};

export type Inputs = Readonly<Record<string, Float32Array>>;

/** `transpose 33×70` */
export const label = (kernel: Kernel, shape: readonly number[]) => `${kernel.id} ${shape.join('×')}`;

/** Values of every input and weight as the GPU will see them. */
export function normalInputs(kernel: Kernel, problem: Problem): Inputs {
  const given = kernel.tensors(problem).filter((t) => t.role !== 'output');
  return Object.fromEntries(
    given.map(({ name, dims, dtype }, i) => {
      const random = rng(i + 1);
      const values = Float32Array.from({ length: elementCount(dims) }, () => normal(random));
      return [name, dtype === 'f16' ? roundToF16(values) : values];
    }),
  );
}

/**
 * Elements behind every tensor. Outputs are poisoned with NaN, so that what is written there shows; inputs
 * have infinity there, which spoils a result that it enters, and is not NaN when it is copied.
 */
const GUARD = 64;

const guarded = (program: Program): Program => ({
  ...program,
  buffers: program.buffers.map((b) => (b.role === 'scratch' ? b : { ...b, length: b.length + GUARD })),
});

function withGuard(values: Float32Array): Float32Array {
  const out = new Float32Array(values.length + GUARD).fill(Number.POSITIVE_INFINITY);
  out.set(values);
  return out;
}

/** A problem with its inputs, and what every variant must make of them. */
export interface Check {
  readonly inputs: Inputs;
  readonly expected: Readonly<Record<string, Expectation>>;
}

/** The reference of every element of every output. */
export function checkOf(kernel: Kernel, problem: Problem, inputs: Inputs): Check {
  const outputs = kernel.tensors(problem).filter((t) => t.role === 'output');
  const expected = outputs.map(({ name, dims }) => {
    const everything = Uint32Array.from({ length: elementCount(dims) }, (_, i) => i);
    return [name, kernel.reference(problem, inputs, name, everything)];
  });
  return { inputs, expected: Object.fromEntries(expected) };
}

/** What is wrong with a program, in words; nothing if it conforms. */
export async function faults(
  gpu: Gpu,
  program: Program,
  { inputs, expected }: Check,
): Promise<readonly string[]> {
  const padded = Object.fromEntries(Object.entries(inputs).map(([name, v]) => [name, withGuard(v)]));
  const executor = await createExecutor(gpu, guarded(program), padded);
  try {
    const found: string[] = [];
    const readAll = () => Promise.all(Object.keys(expected).map((name) => executor.read(name)));
    executor.poison();
    gpu.device.pushErrorScope('validation');
    executor.submit();
    const invalid = await gpu.device.popErrorScope();
    if (invalid) return [invalid.message];
    const first = await readAll();
    executor.submit();
    const second = await readAll();
    for (const [i, [name, expectation]] of Object.entries(expected).entries()) {
      const wrong = wrongValues(first[i]!.subarray(0, -GUARD), expectation);
      if (wrong !== null) found.push(`${name}: ${wrong}`);
      if (!first[i]!.subarray(-GUARD).every(Number.isNaN)) found.push(`${name}: written past its end`);
      if (!sameBits(first[i]!, second[i]!)) found.push(`${name}: differs from run to run`);
    }
    return found;
  } finally {
    executor.destroy();
  }
}

function wrongValues(got: Float32Array, { values, bounds }: Expectation): string | null {
  let wrong = 0;
  let first = -1;
  for (let i = 0; i < got.length; i++) {
    // Not `error > bound`: a NaN must count as wrong.
    if (Math.abs(got[i]! - values[i]!) <= bounds[i]!) continue;
    if (wrong++ === 0) first = i;
  }
  if (wrong === 0) return null;
  return `${wrong} of ${got.length} wrong, the first at ${first}: ${got[first]} for ${values[first]} ± ${bounds[first]}`;
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  const bits = (v: Float32Array) => new Uint32Array(v.buffer, v.byteOffset, v.length);
  const other = bits(b);
  return bits(a).every((word, i) => word === other[i]);
}
