import type { Dtype, GraphDescription, HostTensor } from '../contract';
import type { Program } from '../gpu/program';

/** What a device allows; a kernel picks its tile within them. */
export interface DeviceLimits {
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupSizeX: number;
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
  readonly maxStorageBufferBindingSize: number;
}

/** An operator at a shape and a precision. `shape` is in the order of the operator's `dims`. */
export interface Problem {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}

export interface TensorSpec {
  readonly name: string;
  readonly role: 'input' | 'weight' | 'output';
  readonly dtype: Dtype;
  readonly dims: readonly number[];
}

/** Exact values and allowed errors at some elements of an output. */
export interface Expectation {
  /** Computed in float64 from the inputs as the GPU sees them (rounded to the problem's dtype). */
  readonly values: Float64Array;
  /** Allowed |error| for each. For products c·u·√K·(|A||B|); elsewhere a stated relative bound. */
  readonly bounds: Float64Array;
}

export interface Variant {
  readonly id: string;
  /** One line for tables: what it does differently. */
  readonly title: string;
  /** `baseline`: a chain of separate kernels or a naive one; `optimised`: fused or tiled. */
  readonly kind: 'baseline' | 'optimised';
  /** Buffers carry the names of the operator's tensors; more may be added as scratch. */
  program(problem: Problem, limits: DeviceLimits): Program;
}

/** An operator: everything the lab needs to run, check, count and explain it. */
export interface Kernel {
  readonly id: string;
  readonly title: string;
  /** Names of the shape's numbers, e.g. `['rows', 'cols']`. */
  readonly dims: readonly string[];
  /** Why this shape cannot be computed (e.g. hidden not divisible by heads), or null. */
  invalid(shape: readonly number[]): string | null;
  /** Inputs, weights and outputs, in binding-independent order. */
  tensors(problem: Problem): readonly TensorSpec[];
  /** Arithmetic of one run; multiply and add count as two. */
  flops(problem: Problem): number;
  /** Arithmetic of the reference that the elements of an output row share; none when left out. */
  flopsPerRow?(problem: Problem): number;
  /** Bytes that any implementation must move: every tensor once. */
  bytes(problem: Problem): number;
  /** @param elements flat indices into the output. */
  reference(
    problem: Problem,
    inputs: Readonly<Record<string, Float32Array>>,
    output: string,
    elements: Uint32Array,
  ): Expectation;
  /** The same computation for an ONNX runtime, weights as initialisers; null if ONNX has no such operator. */
  graph(problem: Problem, weights: readonly HostTensor[]): GraphDescription | null;
  readonly variants: readonly Variant[];
  /** Small shapes that exercise every edge path: thin, odd, exact tile, one over. Used by the conformance suite. */
  readonly conformanceShapes: readonly (readonly number[])[];
}
