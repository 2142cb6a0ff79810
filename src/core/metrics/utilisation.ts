import { type MetricDefinition, medianMetric } from './metric';

/** Share of a run's wall time in which the GPU worked: the median over runs of busy ÷ wall. */
export const utilisation = {
  id: 'utilisation',
  title: 'GPU busy',
  better: 'higher',
  compute({ samples }) {
    const shares = samples.gpuNs.flatMap((gpu, i) => {
      const wall = samples.wallNs[i] ?? null;
      return gpu === null || wall === null || wall <= 0 ? [] : [gpu / wall];
    });
    return medianMetric(shares, 'ratio', 'no run has both GPU time and wall time');
  },
} as const satisfies MetricDefinition;
