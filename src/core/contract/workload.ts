import * as v from 'valibot';

export const DTYPES = ['f32', 'f16', 'i8', 'i4'] as const;
export const DtypeSchema = v.picklist(DTYPES);
export type Dtype = v.InferOutput<typeof DtypeSchema>;

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/**
 * A pre-norm transformer block (LayerNorm, multi-head attention, SwiGLU MLP) built in the
 * page from a seed. `hidden` must be divisible by `heads`.
 */
export const BlockConfigSchema = v.object({
  hidden: positive,
  heads: positive,
  /** Inner size of the MLP (the gate's and the up projection's width). */
  inner: positive,
  layers: positive,
  /** Tokens in a sequence. */
  sequence: positive,
});
export type BlockConfig = v.InferOutput<typeof BlockConfigSchema>;

/** Sizes given to a model's free dimensions, by name; the batch dimension is set by the sweep. */
const DimsSchema = v.record(v.string(), positive);

/** Where a model comes from. `file` names bytes that the host hands over beside the spec. */
export const ModelRefSchema = v.variant('from', [
  v.object({ from: v.literal('catalogue'), id: v.string(), dims: v.optional(DimsSchema) }),
  v.object({ from: v.literal('url'), url: v.string(), dims: v.optional(DimsSchema) }),
  v.object({ from: v.literal('file'), name: v.string(), dims: v.optional(DimsSchema) }),
  v.object({ from: v.literal('block'), block: BlockConfigSchema }),
]);
export type ModelRef = v.InferOutput<typeof ModelRefSchema>;

export const WorkloadSchema = v.variant('kind', [
  v.object({
    kind: v.literal('kernel'),
    /** An operator of the kernel registry. */
    id: v.string(),
    /** In the order of the operator's `dims`. */
    shape: v.pipe(v.array(positive), v.minLength(1)),
    dtype: DtypeSchema,
  }),
  v.object({
    kind: v.literal('model'),
    /** Short name for tables: catalogue id, file name, or `block`. */
    id: v.string(),
    model: ModelRefSchema,
    batch: positive,
    dtype: DtypeSchema,
  }),
]);
export type Workload = v.InferOutput<typeof WorkloadSchema>;
export type KernelWorkload = Extract<Workload, { kind: 'kernel' }>;
export type ModelWorkload = Extract<Workload, { kind: 'model' }>;

/** `block h256 i684 s64 b8`-style label of what is computed, without the engine. */
export function workloadLabel(workload: Workload): string {
  return workload.kind === 'kernel'
    ? `${workload.id} ${workload.shape.join('×')} ${workload.dtype}`
    : `${workload.id} ${workload.dtype} batch ${workload.batch}`;
}

/** How many items (samples of a batch) one run of the workload computes. */
export function workloadItems(workload: Workload): number {
  return workload.kind === 'kernel' ? 1 : workload.batch;
}
