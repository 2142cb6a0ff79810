/** How throughput grows with the batch, with the intervals that the throughputs give. */
import { type CurvePoint, formatInterval, formatNumber, formatTimes } from '../metrics';
import { type Estimate, product } from '../stats';

/** A point whose throughput is known. */
export type KnownPoint = CurvePoint & { readonly throughput: number };

export const isKnown = (p: CurvePoint): p is KnownPoint => (p.throughput ?? 0) > 0;

const growth = (from: KnownPoint, to: KnownPoint, power: number) =>
  product([
    { value: to.throughput, interval: to.throughputInterval, power },
    { value: from.throughput, interval: from.throughputInterval, power: -power },
  ]);

/** What one point's throughput is as a multiple of another's. */
export function gain(from: KnownPoint, to: KnownPoint): Estimate {
  return growth(from, to, 1);
}

/** What doubling the batch multiplies throughput by, between two different batches. */
export function gainPerDoubling(from: KnownPoint, to: KnownPoint): Estimate {
  return growth(from, to, 1 / Math.log2(to.batch / from.batch));
}

const withInterval = (text: string, { interval }: Estimate) =>
  interval ? `${text} ${formatInterval(interval)}` : text;

/** `1.47 [1.45, 1.49]` */
export function formatFactor(factor: Estimate): string {
  return withInterval(formatNumber(factor.value), factor);
}

/** `9.72× [9.60, 9.84]` */
export function formatGain(ratio: Estimate): string {
  return withInterval(formatTimes(ratio.value), ratio);
}
