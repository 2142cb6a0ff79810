import * as v from 'valibot';
import { ERROR_CODES } from './errors';
import { RunSpecSchema } from './spec';
import { WorkloadSchema } from './workload';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nullableNumber = v.nullable(v.number());

/** What the timestamp clock of this browser can resolve, measured at start. */
export const TimerSchema = v.object({
  /** `timestamp-query`: GPU time is measured; `none`: only wall time is. */
  clock: v.picklist(['timestamp-query', 'none']),
  /** Greatest common divisor of observed stamps, ns. */
  quantumNs: nullableNumber,
  /** Median duration of a pass that does nothing, ns. */
  emptyPassNs: nullableNumber,
  /** Median of submitting nothing and waiting for the queue, ns. */
  syncFloorNs: nullableNumber,
  /** Smallest observed step of `performance.now()`, ns. */
  wallStepNs: v.number(),
});
export type Timer = v.InferOutput<typeof TimerSchema>;

export const AdapterSchema = v.object({
  vendor: v.string(),
  architecture: v.string(),
  device: v.string(),
  description: v.string(),
  /** A CPU pretending to be a GPU: times are watermarked and never compared. */
  software: v.boolean(),
});
export type Adapter = v.InferOutput<typeof AdapterSchema>;

/** Limits measured in the same session on the same device. */
export const CeilingsSchema = v.object({
  copyGBs: v.optional(v.number()),
  readGBs: v.optional(v.number()),
  writeGBs: v.optional(v.number()),
  fmaF32GFlops: v.optional(v.number()),
  fmaF16GFlops: v.optional(v.number()),
});
export type Ceilings = v.InferOutput<typeof CeilingsSchema>;

export const EnvironmentSchema = v.object({
  /** Null when the browser offers no WebGPU adapter. */
  adapter: v.nullable(AdapterSchema),
  /** Why there is no adapter, if there is none. */
  adapterMissing: v.optional(v.string()),
  features: v.array(v.string()),
  limits: v.record(v.string(), v.number()),
  browser: v.string(),
  os: v.string(),
  cores: count,
  crossOriginIsolated: v.boolean(),
  timer: TimerSchema,
  ceilings: v.optional(CeilingsSchema),
  engines: v.record(v.string(), v.object({ version: v.string(), build: v.string() })),
  rooflab: v.string(),
});
export type Environment = v.InferOutput<typeof EnvironmentSchema>;

export const OutcomeSchema = v.variant('status', [
  v.object({ status: v.literal('ok') }),
  v.object({
    status: v.literal('unsupported'),
    reason: v.string(),
    /** It did not fit into memory or the device's limits: larger ones will not either. */
    tooLarge: v.optional(v.boolean()),
  }),
  /** The output failed verification: no time is shown. */
  v.object({ status: v.literal('wrong'), reason: v.string() }),
  v.object({ status: v.literal('failed'), reason: v.string(), code: v.picklist(ERROR_CODES) }),
  v.object({ status: v.literal('interrupted'), reason: v.string() }),
]);
/** Reason of a case that the user interrupted; a time limit says which limit it was. */
export const CANCELLED = 'cancelled';
export type Outcome = v.InferOutput<typeof OutcomeSchema>;

export const VerificationSchema = v.object({
  /** What the output was compared with, in words. */
  method: v.string(),
  /** Largest error as a multiple of nothing: absolute, in the output's unit. Null when it was not finite. */
  maxError: nullableNumber,
  /** The bound at the element where error ÷ bound was largest. */
  bound: nullableNumber,
  /** Largest error ÷ bound; passes at ≤ 1. Null when it was not finite. */
  ratio: nullableNumber,
  /** How many output elements were compared. */
  compared: count,
  passed: v.boolean(),
});
export type Verification = v.InferOutput<typeof VerificationSchema>;

/**
 * Raw measurements. The columns up to `clock` have one entry a sample, in the order taken, so that
 * samples of interleaved cases pair by index; an entry is null where that clock gave nothing.
 */
export const SamplesSchema = v.object({
  /** GPU busy: union of the run's passes by the GPU's own clock. */
  gpuNs: v.array(nullableNumber),
  /** CPU time from the call until the work was submitted. */
  encodeNs: v.array(nullableNumber),
  /** From the call until the queue reported the work done. */
  wallNs: v.array(nullableNumber),
  /** From the call until the outputs were in CPU memory. */
  readbackNs: v.array(nullableNumber),
  /** Clock witness beside the sample: rate of a known FMA kernel ÷ its best rate in the run. */
  clock: v.array(nullableNumber),
  /** Saturated windows: runs issued back to back… */
  saturatedRuns: v.array(v.number()),
  /** …and the wall time of each window. */
  saturatedNs: v.array(v.number()),
  /** Cold: creating the session or pipelines, and the first run. */
  createNs: nullableNumber,
  firstNs: nullableNumber,
});
export type Samples = v.InferOutput<typeof SamplesSchema>;

/** Counts over logarithmic bins: bin i holds values from start·step^i up to start·step^(i+1), in ns. */
export const HistogramSchema = v.object({
  start: v.number(),
  step: v.number(),
  counts: v.array(count),
});
export type Histogram = v.InferOutput<typeof HistogramSchema>;

/** Deterministic counts; null where the engine does not tell. All from `pipelines` on are of the case, the others of a run. */
export const CountersSchema = v.object({
  dispatches: v.nullable(count),
  passes: v.nullable(count),
  submits: v.nullable(count),
  /** Bytes written to the GPU by the CPU during a run. */
  uploadedBytes: v.nullable(count),
  /** Bytes of GPU buffers created during a run. */
  allocatedBytes: v.nullable(count),
  /** Arithmetic of a run: multiply and add count as two. */
  flops: nullableNumber,
  /** Bytes that a run must move at least: inputs, weights and outputs once (plus intermediates for a model). */
  bytes: nullableNumber,
  /** Compute pipelines created for the case. */
  pipelines: v.nullable(count),
  /** Most bytes of GPU buffers alive at once while the case was prepared and run. */
  peakBytes: v.nullable(count),
  /** Nodes of the model's graph, and how many of them ran on the CPU. */
  nodes: v.nullable(count),
  cpuNodes: v.nullable(count),
  /** Types of the operators among them, each once. */
  cpuOperators: v.optional(v.array(v.string())),
});
export type Counters = v.InferOutput<typeof CountersSchema>;

/** What an engine says that tells nothing. */
export const NO_COUNTERS: Counters = {
  dispatches: null,
  passes: null,
  submits: null,
  uploadedBytes: null,
  allocatedBytes: null,
  flops: null,
  bytes: null,
  pipelines: null,
  peakBytes: null,
  nodes: null,
  cpuNodes: null,
};

export const MetricSchema = v.object({
  value: nullableNumber,
  /** `ns`, `items/s`, `FLOP/s`, `B/s`, `ratio`. Formatted at the edge. */
  unit: v.picklist(['ns', 'items/s', 'FLOP/s', 'B/s', 'ratio']),
  /** 95 % confidence interval, or null. */
  interval: v.nullable(v.tuple([v.number(), v.number()])),
  /** Samples it rests on. */
  n: count,
  /** Why there is no value: "needs 311 more samples". */
  withheld: v.optional(v.string()),
});
export type Metric = v.InferOutput<typeof MetricSchema>;
export type Unit = Metric['unit'];

export const WARNING_CODES = [
  'software-adapter',
  'timer-coarse',
  'not-converged',
  'time-cap',
  'clock-fell',
  'drift',
  'outliers',
  'cpu-fallback',
  'negative-delta',
  'gpu-exceeds-wall',
  'hidden-tab',
  'not-isolated',
] as const;

export const WarningSchema = v.object({
  code: v.picklist(WARNING_CODES),
  message: v.string(),
  next: v.string(),
});
export type Warning = v.InferOutput<typeof WarningSchema>;

/** How the sampling went: what was discarded, and why it ended. */
export const SamplingRecordSchema = v.object({
  warmupRuns: count,
  warmupConverged: v.boolean(),
  /** Dispatch repetitions inside a timed pass. */
  repeats: count,
  /** Samples thrown away because the page was hidden. */
  discarded: count,
  /** Passes whose end was stamped before their begin; left out of GPU time. */
  negativePasses: count,
  stopped: v.picklist(['precise', 'time-cap', 'sample-cap', 'cancelled', 'none']),
});
export type SamplingRecord = v.InferOutput<typeof SamplingRecordSchema>;

export const CaseSchema = v.object({
  id: v.string(),
  experiment: v.string(),
  workload: WorkloadSchema,
  engine: v.string(),
  load: v.string(),
  options: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  outcome: OutcomeSchema,
  verification: v.nullable(VerificationSchema),
  samples: SamplesSchema,
  sampling: SamplingRecordSchema,
  counters: CountersSchema,
  metrics: v.record(v.string(), MetricSchema),
  /** Stands in for the raw samples where they were left out (a shared link), by column. */
  histograms: v.optional(v.record(v.string(), HistogramSchema)),
  warnings: v.array(WarningSchema),
});
export type CaseResult = v.InferOutput<typeof CaseSchema>;

export const FindingSchema = v.object({
  experiment: v.string(),
  /** Short headline. */
  title: v.string(),
  /** One or two sentences with the numbers. */
  text: v.string(),
  /** The claim it answers, or null for an observation. */
  claim: v.nullable(v.string()),
  verdict: v.nullable(v.picklist(['confirmed', 'not-confirmed', 'not-applicable'])),
  /** Ids of the cases it rests on. */
  evidence: v.array(v.string()),
});
export type Finding = v.InferOutput<typeof FindingSchema>;

/** Ratio of two cases' medians over paired, interleaved samples (method.md 17). */
export const ComparisonSchema = v.object({
  experiment: v.string(),
  baseline: v.string(),
  candidate: v.string(),
  clock: v.picklist(['gpuNs', 'wallNs']),
  /** Baseline time ÷ candidate time: above 1 the candidate is faster. */
  ratio: v.number(),
  interval: v.tuple([v.number(), v.number()]),
  verdict: v.picklist(['faster', 'slower', 'same', 'unclear']),
});
export type Comparison = v.InferOutput<typeof ComparisonSchema>;

export const RESULT_VERSION = 1;

export const RunResultSchema = v.object({
  schema: v.literal('rooflab.result'),
  version: v.literal(RESULT_VERSION),
  id: v.string(),
  /** ISO 8601. */
  startedAt: v.string(),
  durationS: v.number(),
  spec: RunSpecSchema,
  environment: EnvironmentSchema,
  cases: v.array(CaseSchema),
  comparisons: v.array(ComparisonSchema),
  findings: v.array(FindingSchema),
});
export type RunResult = v.InferOutput<typeof RunResultSchema>;
