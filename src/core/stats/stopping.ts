import { medianOfSorted, quantileInterval, sorted } from './order';

export interface StoppingRule {
  readonly relativeHalfWidth: number;
  readonly minSamples: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly maxSamples: number;
}

export type StopReason = 'precise' | 'time-cap' | 'sample-cap';

/** Half the width of the median's 95 % interval ÷ the median; infinite when there is no interval yet. */
export function relativeHalfWidth(samples: readonly number[]): number {
  const ascending = sorted(samples);
  const interval = quantileInterval(ascending, 0.5);
  return interval ? (interval[1] - interval[0]) / 2 / medianOfSorted(ascending) : Number.POSITIVE_INFINITY;
}

/**
 * Whether a case has been sampled enough (method.md 15), or null to go on. Meant to be asked after each
 * sample: it looks at the interval only when their number has grown by a sixteenth since the last look.
 * That keeps it cheap, and fewer looks mean fewer chances to stop on a lucky interval.
 */
export function stopReason(
  samples: readonly number[],
  elapsedS: number,
  rule: StoppingRule,
): StopReason | null {
  const n = samples.length;
  const capped: StopReason | null =
    elapsedS >= rule.maxSeconds ? 'time-cap' : n >= rule.maxSamples ? 'sample-cap' : null;
  const look = capped !== null || n % Math.max(1, n >> 4) === 0;
  const enough = n >= rule.minSamples && elapsedS >= rule.minSeconds;
  if (enough && look && relativeHalfWidth(samples) <= rule.relativeHalfWidth) return 'precise';
  return capped;
}
