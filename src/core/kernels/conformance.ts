/**
 * What every variant of every kernel must do, whatever the operator: meet its reference on the whole output,
 * write nothing else, read nothing else into the result, and repeat bit for bit. Used by tests only.
 */
import { roundToF16 } from '../contract';
import type { Gpu } from '../gpu/device';
import { createExecutor } from '../gpu/executor';
import type { Program } from '../gpu/program';
import type { DeviceLimits, Kernel, Problem } from './kernel';
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

/** Normally distributed numbers (Box–Muller over a linear congruential generator); the same every time. */
function normals(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  const uniform = () => {
    // Constants: Numerical Recipes, 3rd ed., section 7.1.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return Float32Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  });
}

/** Values of every input and weight as the GPU will see them. */
export function normalInputs(kernel: Kernel, problem: Problem): Inputs {
  const given = kernel.tensors(problem).filter((t) => t.role !== 'output');
  return Object.fromEntries(
    given.map(({ name, dims, dtype }, i) => {
      const values = normals(
        dims.reduce((product, d) => product * d, 1),
        i + 1,
      );
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

/** What is wrong with a program of the kernel, in words; nothing if it conforms. */
export async function faults(
  gpu: Gpu,
  kernel: Kernel,
  problem: Problem,
  program: Program,
  inputs: Inputs,
): Promise<readonly string[]> {
  const padded = Object.fromEntries(Object.entries(inputs).map(([name, v]) => [name, withGuard(v)]));
  const executor = await createExecutor(gpu, guarded(program), padded);
  try {
    const found: string[] = [];
    const outputs = kernel.tensors(problem).filter((t) => t.role === 'output');
    executor.poison();
    gpu.device.pushErrorScope('validation');
    executor.submit();
    const invalid = await gpu.device.popErrorScope();
    if (invalid) return [invalid.message];
    const first = await Promise.all(outputs.map((o) => executor.read(o.name)));
    executor.submit();
    const second = await Promise.all(outputs.map((o) => executor.read(o.name)));
    for (const [i, { name }] of outputs.entries()) {
      const values = first[i]!.subarray(0, -GUARD);
      found.push(...wrongValues(kernel, problem, inputs, name, values));
      if (!first[i]!.subarray(-GUARD).every(Number.isNaN)) found.push(`${name}: written past its end`);
      if (!sameBits(first[i]!, second[i]!)) found.push(`${name}: differs from run to run`);
    }
    return found;
  } finally {
    executor.destroy();
  }
}

function wrongValues(
  kernel: Kernel,
  problem: Problem,
  inputs: Inputs,
  output: string,
  values: Float32Array,
): readonly string[] {
  const everything = Uint32Array.from(values, (_, i) => i);
  const expected = kernel.reference(problem, inputs, output, everything);
  // Not `error > bound`: a NaN must count as wrong.
  const wrong = everything.filter(
    (i) => !(Math.abs(values[i]! - expected.values[i]!) <= expected.bounds[i]!),
  );
  const worst = wrong[0];
  if (worst === undefined) return [];
  return [
    `${output}: ${wrong.length} of ${values.length} wrong, the first at ${worst}: ` +
      `${values[worst]} for ${expected.values[worst]} ± ${expected.bounds[worst]}`,
  ];
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  const bits = (v: Float32Array) => new Uint32Array(v.buffer, v.byteOffset, v.length);
  const other = bits(b);
  return bits(a).every((word, i) => word === other[i]);
}
