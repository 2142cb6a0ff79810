/**
 * A program: what the GPU is to do, as plain data. Kernels make programs without a device, so they can be
 * compiled, counted and printed anywhere; `executor.ts` is the one place that turns them into GPU objects.
 */
import type { Dtype } from '../contract';

/** `scratch` lives only inside a program; `weight` is an input that does not change between runs. */
export type BufferRole = 'input' | 'weight' | 'output' | 'scratch';

export interface BufferSpec {
  readonly name: string;
  readonly role: BufferRole;
  readonly dtype: Dtype | 'u32';
  /** Elements, not bytes. */
  readonly length: number;
}

export interface Binding {
  /** Name of a buffer of the program. Its place in the list is its `@binding` in `@group(0)`. */
  readonly buffer: string;
  /** `read`: `var<storage, read>`; `write`: `var<storage, read_write>`. */
  readonly access: 'read' | 'write';
}

/** One dispatch. */
export interface Stage {
  readonly label: string;
  /** Complete WGSL with one compute entry point, `main`. */
  readonly code: string;
  /** Values of the code's `override`s. */
  readonly constants: Readonly<Record<string, number>>;
  readonly bindings: readonly Binding[];
  readonly workgroups: readonly [number, number, number];
}

export interface Program {
  readonly buffers: readonly BufferSpec[];
  /** Run once after the weights are uploaded (folding, packing); not part of a run. */
  readonly setup: readonly Stage[];
  readonly stages: readonly Stage[];
}

const BITS: Readonly<Record<Dtype | 'u32', number>> = { f32: 32, u32: 32, f16: 16, i8: 8, i4: 4 };

/** Bytes that `length` elements take in GPU memory, rounded up to the 16 bytes a vec4 load touches. */
export function storageBytes(dtype: Dtype | 'u32', length: number): number {
  return Math.ceil((length * BITS[dtype]) / 8 / 16) * 16;
}

/** Exact bytes of the elements, for counting traffic. */
export function payloadBytes(dtype: Dtype | 'u32', length: number): number {
  return (length * BITS[dtype]) / 8;
}

/**
 * The same program over other buffer names: `names` maps the program's names to the caller's; scratch
 * buffers not named get `prefix` in front, so that programs can be joined without clashes.
 */
export function rename(program: Program, prefix: string, names: Readonly<Record<string, string>>): Program {
  const to = (name: string) => names[name] ?? `${prefix}${name}`;
  const stage = (s: Stage): Stage => ({
    ...s,
    label: `${prefix}${s.label}`,
    bindings: s.bindings.map((b) => ({ ...b, buffer: to(b.buffer) })),
  });
  return {
    buffers: program.buffers.map((b) => ({ ...b, name: to(b.name) })),
    setup: program.setup.map(stage),
    stages: program.stages.map(stage),
  };
}
