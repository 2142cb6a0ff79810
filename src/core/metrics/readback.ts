import { type MetricDefinition, medianMetric, present } from './metric';

/** From the call until the outputs were in CPU memory. */
export const readbackMedian = {
  id: 'readback.median',
  title: 'Time to data on the CPU',
  better: 'lower',
  compute: ({ samples }) => medianMetric(present(samples.readbackNs), 'ns', 'outputs were not read back'),
} as const satisfies MetricDefinition;
