import type { Environment, Metric } from '../contract';
import { bandwidth } from './bandwidth';
import { ceilingShare } from './ceiling';
import { coldCreate, coldFirst } from './cold';
import { encodeMedian } from './encode';
import { gpuMedian, gpuP95, gpuP99 } from './gpu';
import type { MeasuredCase, MetricDefinition } from './metric';
import { readbackMedian } from './readback';
import { tflops } from './tflops';
import { throughput } from './throughput';
import { utilisation } from './utilisation';
import { wallMedian, wallP95, wallP99 } from './wall';

export * from './comparison';
export * from './curve';
export * from './format';
export type { MeasuredCase, MetricDefinition } from './metric';
export * from './pick';
export * from './regime';
export * from './warnings';

/** Every metric the lab computes; a line here puts it into results, tables and reports. */
export const METRICS = [
  gpuMedian,
  gpuP95,
  gpuP99,
  wallMedian,
  wallP95,
  wallP99,
  readbackMedian,
  encodeMedian,
  throughput,
  tflops,
  bandwidth,
  ceilingShare,
  utilisation,
  coldCreate,
  coldFirst,
] as const satisfies readonly MetricDefinition[];

export type MetricId = (typeof METRICS)[number]['id'];

/** All metrics of a case by id; none when its output was not verified or it did not run to the end. */
export function computeMetrics(run: MeasuredCase, environment: Environment): Record<string, Metric> {
  if (run.outcome.status !== 'ok') return {};
  return Object.fromEntries(METRICS.map((metric) => [metric.id, metric.compute(run, environment)]));
}
