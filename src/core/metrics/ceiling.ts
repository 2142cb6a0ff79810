import type { Dtype, Environment } from '../contract';
import { bandwidth } from './bandwidth';
import { type MetricDefinition, scaled, withheld } from './metric';
import { tflops } from './tflops';

/** Measured limits for a precision, in FLOP/s and B/s; null where none was measured. */
export function roofs(
  { ceilings }: Environment,
  dtype: Dtype,
): { readonly arithmetic: number | null; readonly memory: number | null } {
  const gflops = { f32: ceilings?.fmaF32GFlops, f16: ceilings?.fmaF16GFlops, i8: undefined, i4: undefined }[
    dtype
  ];
  return {
    arithmetic: gflops === undefined ? null : gflops * 1e9,
    memory: ceilings?.copyGBs === undefined ? null : ceilings.copyGBs * 1e9,
  };
}

/**
 * How near the workload comes to this device's measured roofline (Williams, Waterman & Patterson 2009): the
 * larger of its shares of the arithmetic ceiling and of the copy bandwidth.
 */
export const ceilingShare = {
  id: 'ceiling.share',
  title: 'Share of the ceiling',
  better: 'higher',
  compute(run, environment) {
    const { arithmetic, memory } = roofs(environment, run.workload.dtype);
    if (arithmetic === null && memory === null) return withheld('ratio', 'no ceiling was measured');
    const shares = [
      { rate: tflops.compute(run, environment), roof: arithmetic },
      { rate: bandwidth.compute(run, environment), roof: memory },
    ].flatMap(({ rate, roof }) => (roof === null ? [] : [scaled(rate, 1 / roof, 'ratio')]));
    return shares.reduce((a, b) => ((b.value ?? -1) > (a.value ?? -1) ? b : a));
  },
} as const satisfies MetricDefinition;
