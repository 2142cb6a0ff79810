import { workloadItems } from '../contract';
import { totalRate } from '../stats';
import { type MetricDefinition, measured, withheld } from './metric';

/** Items ÷ time over all saturated windows (method.md 16), not 1 ÷ latency. */
export const throughput = {
  id: 'throughput',
  title: 'Throughput',
  better: 'higher',
  compute({ samples, workload }) {
    if (samples.saturatedNs.length === 0) return withheld('items/s', 'no saturated window was run');
    const items = samples.saturatedRuns.map((runs) => runs * workloadItems(workload));
    const seconds = samples.saturatedNs.map((ns) => ns / 1e9);
    const { rate, interval } = totalRate(items, seconds);
    return measured(rate, 'items/s', interval, seconds.length);
  },
} as const satisfies MetricDefinition;
