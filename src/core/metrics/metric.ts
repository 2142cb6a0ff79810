import type { CaseResult, Environment, Metric, Unit } from '../contract';
import {
  type Interval,
  median,
  medianOfSorted,
  quantileInterval,
  quantileOfSorted,
  samplesNeeded,
  sorted,
} from '../stats';

/** A case as the sampler hands it over. */
export type MeasuredCase = Omit<CaseResult, 'metrics'>;

/** A pure function from raw samples to a number with its uncertainty. */
export interface MetricDefinition {
  readonly id: string;
  readonly title: string;
  readonly better: 'lower' | 'higher';
  compute(measured: MeasuredCase, environment: Environment): Metric;
}

/** The values of a column, without the entries where the clock gave nothing. */
export function present(column: readonly (number | null)[]): number[] {
  return column.filter((x) => x !== null);
}

export function measured(value: number, unit: Unit, interval: Interval | null, n: number): Metric {
  return { value, unit, interval: interval && [interval[0], interval[1]], n };
}

export function withheld(unit: Unit, why: string, n = 0): Metric {
  return { value: null, unit, interval: null, n, withheld: why };
}

/** Median with its interval; shown from one sample on, the interval from six on. */
export function medianMetric(values: readonly number[], unit: Unit, missing: string): Metric {
  if (values.length === 0) return withheld(unit, missing);
  const ascending = sorted(values);
  return measured(medianOfSorted(ascending), unit, quantileInterval(ascending, 0.5), values.length);
}

/** Nearest-rank percentile, withheld until there are samples enough for its interval. */
export function percentileMetric(values: readonly number[], q: number, missing: string): Metric {
  const n = values.length;
  if (n === 0) return withheld('ns', missing);
  const more = samplesNeeded(q) - n;
  if (more > 0) return withheld('ns', `needs ${more} more sample${more === 1 ? '' : 's'}`, n);
  const ascending = sorted(values);
  return measured(quantileOfSorted(ascending, q), 'ns', quantileInterval(ascending, q), n);
}

/** A metric times a factor, e.g. a rate as a share of a ceiling. */
export function scaled(metric: Metric, factor: number, unit: Unit): Metric {
  const { value, interval } = metric;
  return {
    ...metric,
    unit,
    value: value === null ? null : value * factor,
    interval: interval && [interval[0] * factor, interval[1] * factor],
  };
}

/** An amount done per run ÷ the time of a run. The interval turns over with the division. */
export function perSecond(amount: number, time: Metric, unit: Unit): Metric {
  if (time.value === null) return { ...time, unit };
  if (time.value <= 0) return withheld(unit, 'the GPU time is below what the timer can resolve', time.n);
  const rate = (ns: number) => (amount / ns) * 1e9;
  const { interval } = time;
  const turned: Interval | null = interval && interval[0] > 0 ? [rate(interval[1]), rate(interval[0])] : null;
  return measured(rate(time.value), unit, turned, time.n);
}

/**
 * Whether a timed pass is so short that it spans fewer than two steps of the timestamp clock. Then median and
 * percentiles mean nothing, but the mean is unbiased (method.md 2). A sample is a pass ÷ its repetitions.
 */
export function timerCoarse(
  { samples, sampling }: Pick<MeasuredCase, 'samples' | 'sampling'>,
  { quantumNs }: Environment['timer'],
): boolean {
  const gpu = present(samples.gpuNs);
  return gpu.length > 0 && quantumNs !== null && median(gpu) * sampling.repeats < 2 * quantumNs;
}
