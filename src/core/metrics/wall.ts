import { type MetricDefinition, medianMetric, percentileMetric, present } from './metric';

const MISSING = 'no wall time was measured';

/** From the call until the queue reported the work done. */
export const wallMedian = {
  id: 'wall.median',
  title: 'Wall time',
  better: 'lower',
  compute: ({ samples }) => medianMetric(present(samples.wallNs), 'ns', MISSING),
} as const satisfies MetricDefinition;

function tail<const Id extends string>(id: Id, title: string, q: number) {
  return {
    id,
    title,
    better: 'lower',
    compute: ({ samples }) => percentileMetric(present(samples.wallNs), q, MISSING),
  } as const satisfies MetricDefinition & { id: Id };
}

export const wallP95 = tail('wall.p95', 'Wall time, p95', 0.95);
export const wallP99 = tail('wall.p99', 'Wall time, p99', 0.99);
