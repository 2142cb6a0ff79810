import { gpuTime } from './gpu';
import { type MetricDefinition, perSecond, withheld } from './metric';

/** Bytes that the workload must move at least ÷ GPU time. */
export const bandwidth = {
  id: 'bandwidth',
  title: 'Memory rate',
  better: 'higher',
  compute(run, environment) {
    const { bytes } = run.counters;
    if (bytes === null) return withheld('B/s', "the workload's bytes are not known");
    return perSecond(bytes, gpuTime(run, environment), 'B/s');
  },
} as const satisfies MetricDefinition;
