import type { CaseResult, Comparison, Environment } from '../contract';
import { pairedRatio } from '../stats';
import { timerCoarse } from './metric';

/** A sample whose clock witness ran below this share of its best rate compares nothing (method.md 12). */
export const STEADY_CLOCK = 0.97;

type Clock = Comparison['clock'];

/** Whether a case's times are those of a GPU; on a software adapter such times are never compared. */
function usedGpu({ engine, samples }: CaseResult): boolean {
  return engine !== 'ort-wasm' || samples.gpuNs.some((ns) => ns !== null);
}

function steady({ samples }: CaseResult, i: number): boolean {
  return (samples.clock[i] ?? 1) >= STEADY_CLOCK;
}

/**
 * How many times faster the candidate is than the baseline, over samples paired by index (method.md 17). By
 * means instead of medians where the GPU clock is too coarse for either.
 * @returns null where nothing may be said: a case is not `ok`, the adapter is software, or pairs are too few.
 */
export function compareCases(
  baseline: CaseResult,
  candidate: CaseResult,
  clock: Clock,
  environment: Environment,
  seed: number,
): Comparison | null {
  const cases = [baseline, candidate];
  if (cases.some(({ outcome }) => outcome.status !== 'ok')) return null;
  if (environment.adapter?.software && cases.some(usedGpu)) return null;
  const pairs = baseline.samples[clock].flatMap((b, i) => {
    const c = candidate.samples[clock][i] ?? null;
    return b === null || c === null || !steady(baseline, i) || !steady(candidate, i) ? [] : [[b, c] as const];
  });
  const byMean = clock === 'gpuNs' && cases.some((run) => timerCoarse(run, environment.timer));
  const result = pairedRatio(
    pairs.map(([b]) => b),
    pairs.map(([, c]) => c),
    { seed, statistic: byMean ? 'mean' : 'median' },
  );
  if (!result || !Number.isFinite(result.ratio)) return null;
  const { ratio, interval, verdict } = result;
  return {
    experiment: candidate.experiment,
    baseline: baseline.id,
    candidate: candidate.id,
    clock,
    ratio,
    interval: [interval[0], interval[1]],
    verdict,
  };
}

const OPPOSITE = { faster: 'slower', slower: 'faster', same: 'same', unclear: 'unclear' } as const;

/** The same comparison with baseline and candidate exchanged. */
export function inverse(comparison: Comparison): Comparison {
  const { baseline, candidate, ratio, interval, verdict } = comparison;
  return {
    ...comparison,
    baseline: candidate,
    candidate: baseline,
    ratio: 1 / ratio,
    interval: [1 / interval[1], 1 / interval[0]],
    verdict: OPPOSITE[verdict],
  };
}
