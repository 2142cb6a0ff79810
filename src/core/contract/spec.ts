import * as v from 'valibot';
import { DtypeSchema, ModelRefSchema } from './workload';

const positiveInt = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));

/** When a case has been sampled enough (method.md, statistics). */
export const SamplingSchema = v.object({
  /** Stop when the half-width of the median's 95 % interval, relative to the median, is at most this… */
  relativeHalfWidth: positive,
  /** …and at least this many samples were taken… */
  minSamples: positiveInt,
  /** …over at least this long. */
  minSeconds: v.pipe(v.number(), v.minValue(0)),
  /** A case is stopped here even when the above does not hold; the result says so. */
  maxSeconds: positive,
  maxSamples: positiveInt,
  /** Warm-up gives up waiting for convergence here; the result says so. */
  maxWarmupSeconds: positive,
});
export type Sampling = v.InferOutput<typeof SamplingSchema>;

export const DEFAULT_SAMPLING: Sampling = {
  relativeHalfWidth: 0.02,
  minSamples: 10,
  minSeconds: 0.5,
  maxSeconds: 3,
  maxSamples: 2000,
  maxWarmupSeconds: 2,
};

const KernelRefSchema = v.object({
  id: v.string(),
  shape: v.pipe(v.array(positiveInt), v.minLength(1)),
});

/** One question to ask. Fields that an experiment has no use for are ignored by it. */
export const ExperimentRequestSchema = v.object({
  /** An id of the experiment registry. */
  id: v.string(),
  models: v.array(ModelRefSchema),
  kernels: v.array(KernelRefSchema),
  /** Ids of the engine registry; the first is the baseline of ratios. */
  engines: v.pipe(v.array(v.string()), v.minLength(1)),
  batches: v.array(positiveInt),
  dtypes: v.pipe(v.array(DtypeSchema), v.minLength(1)),
});
export type ExperimentRequest = v.InferOutput<typeof ExperimentRequestSchema>;
export type KernelRef = v.InferOutput<typeof KernelRefSchema>;

export const SPEC_VERSION = 1;

export const RunSpecSchema = v.object({
  schema: v.literal('rooflab.spec'),
  version: v.literal(SPEC_VERSION),
  /** Name of the preset it was made from, if any. */
  name: v.optional(v.string()),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  adapter: v.picklist(['any', 'hardware', 'software']),
  /** For the whole run, in seconds; null for none. Cases not reached are `interrupted`. */
  timeLimitS: v.nullable(positive),
  /** The p99 limit under which the best batch is looked for. */
  latencyLimitMs: positive,
  sampling: SamplingSchema,
  experiments: v.pipe(v.array(ExperimentRequestSchema), v.minLength(1)),
});
export type RunSpec = v.InferOutput<typeof RunSpecSchema>;
