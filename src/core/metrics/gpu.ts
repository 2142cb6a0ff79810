import type { Environment, Metric } from '../contract';
import { mean } from '../stats';
import {
  type MeasuredCase,
  type MetricDefinition,
  measured,
  medianMetric,
  percentileMetric,
  present,
  timerCoarse,
  withheld,
} from './metric';

const MISSING = 'no GPU time was measured';

/**
 * GPU time of a run: the median, or where the timer is too coarse for one the mean with the interval of its
 * standard error (the case then carries the warning `timer-coarse`).
 */
export function gpuTime(run: MeasuredCase, { timer }: Environment): Metric {
  const values = present(run.samples.gpuNs);
  if (!timerCoarse(run, timer)) return medianMetric(values, 'ns', MISSING);
  const { mean: value, interval } = mean(values);
  return measured(value, 'ns', interval, values.length);
}

export const gpuMedian = {
  id: 'gpu.median',
  title: 'GPU time',
  better: 'lower',
  compute: gpuTime,
} as const satisfies MetricDefinition;

function tail<const Id extends string>(id: Id, title: string, q: number) {
  return {
    id,
    title,
    better: 'lower',
    compute(run, { timer }) {
      const values = present(run.samples.gpuNs);
      return timerCoarse(run, timer)
        ? withheld('ns', "the timer's step is too coarse for percentiles", values.length)
        : percentileMetric(values, q, MISSING);
    },
  } as const satisfies MetricDefinition & { id: Id };
}

export const gpuP95 = tail('gpu.p95', 'GPU time, p95', 0.95);
export const gpuP99 = tail('gpu.p99', 'GPU time, p99', 0.99);
