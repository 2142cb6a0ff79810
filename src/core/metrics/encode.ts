import { type MetricDefinition, medianMetric, present } from './metric';

/** CPU time until the work was submitted. */
export const encodeMedian = {
  id: 'encode.median',
  title: 'Encoding on the CPU',
  better: 'lower',
  compute: ({ samples }) => medianMetric(present(samples.encodeNs), 'ns', 'no encoding time was measured'),
} as const satisfies MetricDefinition;
