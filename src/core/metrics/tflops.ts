import { gpuTime } from './gpu';
import { type MetricDefinition, perSecond, withheld } from './metric';

/** The workload's arithmetic ÷ GPU time; multiply and add count as two. */
export const tflops = {
  id: 'tflops',
  title: 'Arithmetic rate',
  better: 'higher',
  compute(run, environment) {
    const { flops } = run.counters;
    if (flops === null) return withheld('FLOP/s', "the workload's arithmetic is not known");
    return perSecond(flops, gpuTime(run, environment), 'FLOP/s');
  },
} as const satisfies MetricDefinition;
