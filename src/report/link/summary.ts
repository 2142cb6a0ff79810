import type { CaseResult, Histogram, Metric, RunResult, Samples, Verification } from '../../core/contract';
import { logHistogram } from '../../core/stats';

/** The columns whose distribution a link carries. */
const KEPT = ['gpuNs', 'wallNs'] as const satisfies readonly (keyof Samples)[];
const DIGITS = 4;

const round = (value: number, digits = DIGITS) => Number(value.toPrecision(digits));
const roundOrNull = (value: number | null) => (value === null ? null : round(value));
const roundPair = ([low, high]: readonly [number, number], digits = DIGITS): [number, number] => [
  round(low, digits),
  round(high, digits),
];

function roundAll<T extends Record<string, unknown>>(fields: T): T {
  const rounded = Object.entries(fields).map(([k, v]) => [k, typeof v === 'number' ? round(v) : v]);
  return Object.fromEntries(rounded) as T;
}

/**
 * The result without its raw samples: a result of the same format, with histograms in place of the samples
 * and measured numbers rounded to four digits. What was asked for and what was counted stays exact.
 */
export function summarise(result: RunResult): RunResult {
  const { timer, ceilings } = result.environment;
  return {
    ...result,
    environment: {
      ...result.environment,
      timer: roundAll(timer),
      ...(ceilings ? { ceilings: roundAll(ceilings) } : {}),
    },
    cases: result.cases.map(summariseCase),
    comparisons: result.comparisons.map((one) => ({
      ...one,
      ratio: round(one.ratio),
      interval: roundPair(one.interval),
    })),
  };
}

function summariseCase(one: CaseResult): CaseResult {
  const { samples, histograms = histogramsOf(samples) } = one;
  return {
    ...one,
    verification: one.verification && roundVerification(one.verification),
    samples: {
      gpuNs: [],
      encodeNs: [],
      wallNs: [],
      readbackNs: [],
      clock: [],
      saturatedRuns: [],
      saturatedNs: [],
      createNs: roundOrNull(samples.createNs),
      firstNs: roundOrNull(samples.firstNs),
    },
    metrics: Object.fromEntries(Object.entries(one.metrics).map(([id, metric]) => [id, roundMetric(metric)])),
    ...(Object.keys(histograms).length > 0 ? { histograms } : {}),
  };
}

function histogramsOf(samples: Samples): Record<string, Histogram> {
  const entries = KEPT.flatMap((column): [string, Histogram][] => {
    const histogram = logHistogram(samples[column].filter((value) => value !== null));
    return histogram
      ? [[column, { ...histogram, start: round(histogram.start), counts: [...histogram.counts] }]]
      : [];
  });
  return Object.fromEntries(entries);
}

/** An interval narrower than this, relative to the value, keeps a digit more, or rounding would move its ends visibly. */
const NARROW = 0.01;

function roundMetric(metric: Metric): Metric {
  const { value, interval } = metric;
  if (value === null) return metric;
  const narrow = interval && interval[1] - interval[0] < NARROW * Math.abs(value);
  const digits = narrow ? DIGITS + 1 : DIGITS;
  return { ...metric, value: round(value, digits), interval: interval && roundPair(interval, digits) };
}

function roundVerification(verification: Verification): Verification {
  const { maxError, bound, ratio } = verification;
  return {
    ...verification,
    maxError: roundOrNull(maxError),
    bound: roundOrNull(bound),
    ratio: roundOrNull(ratio),
  };
}

export function withoutHistograms(summary: RunResult): RunResult {
  return { ...summary, cases: summary.cases.map(({ histograms: _, ...one }) => one) };
}

/** Without the cases that were not attempted. */
export function withoutUnattempted(summary: RunResult): RunResult {
  const cases = summary.cases.filter(
    ({ outcome }) => outcome.status !== 'interrupted' && outcome.status !== 'unsupported',
  );
  const kept = new Set(cases.map((one) => one.id));
  const findings = summary.findings.map((one) => ({
    ...one,
    evidence: one.evidence.filter((id) => kept.has(id)),
  }));
  return { ...summary, cases, findings };
}
