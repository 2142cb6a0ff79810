/** The claim on batch sizes, part by part, held against the fastest series that has GPU time. */
import type { Finding } from '../contract';
import { type CurvePoint, formatShare, formatTimes, type Series } from '../metrics';
import { median } from '../stats';
import type { ConcludeContext } from './experiment';
import { formatFactor, formatGain, gain, gainPerDoubling, isKnown, type KnownPoint } from './growth';

/** "Mostly idle": the GPU works less than half of the time. */
const IDLE = 0.5;
/** Throughput grows as batch^e: near-linear from e = 0.7 on, so doubling the batch multiplies it by this at least… */
const NEAR_LINEAR = 2 ** 0.7;
/** …and levelling off up to e = 0.5. */
const LEVEL = Math.SQRT2;

interface Part {
  readonly text: string;
  /** Null when the sweep cannot tell: it has no such points, or they are too uncertain. */
  readonly holds: boolean | null;
}

const within = (points: readonly CurvePoint[], low: number, high: number) =>
  points.filter((p) => p.batch >= low && p.batch <= high);

function idle(points: readonly CurvePoint[]): Part {
  const busy = within(points, 1, 4).flatMap((p) => p.utilisation ?? []);
  if (busy.length === 0) return { text: '1–4 not measured', holds: null };
  const share = median(busy);
  return {
    text: `at 1–4 the GPU works ${formatShare(share)} of the time (claimed: mostly idle)`,
    holds: share < IDLE,
  };
}

/** How throughput grows between two batch sizes. */
function growth(
  points: readonly CurvePoint[],
  [low, high]: readonly [number, number],
  claimed: string,
  holds: (factor: number) => boolean,
): Part {
  const known = within(points, low, high).filter(isKnown);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || first.batch === last.batch) {
    return { text: `${low}–${high} not measured`, holds: null };
  }
  const factor = gainPerDoubling(first, last);
  const [least, most] = (factor.interval ?? [factor.value, factor.value]).map(holds);
  const certain = least === most;
  return {
    text: `over ${first.batch}–${last.batch} doubling the batch multiplies throughput by ${formatFactor(factor)} (claimed: ${claimed}${certain ? '' : '; too uncertain to tell'})`,
    holds: certain ? (least ?? null) : null,
  };
}

/** What the best batch gains over the smallest. */
function gained(points: readonly KnownPoint[]): { title: string; text: string } {
  const first = points[0];
  const best = points.toSorted((a, b) => b.throughput - a.throughput)[0];
  if (!first || !best || best.batch === first.batch) return { title: 'Batching gains nothing', text: '' };
  const ratio = gain(first, best);
  return {
    title: `Batching gains ${formatTimes(ratio.value)}`,
    text: `batch ${best.batch} gives ${formatGain(ratio)} the throughput of batch ${first.batch}; `,
  };
}

/** A part that fails refutes the claim; only all of them together confirm it. */
function judge(parts: readonly Part[]): { verdict: Finding['verdict']; caveat: string } {
  if (parts.some((p) => p.holds === false)) return { verdict: 'not-confirmed', caveat: '' };
  if (parts.every((p) => p.holds)) return { verdict: 'confirmed', caveat: '' };
  return { verdict: 'not-applicable', caveat: ' What could be tested holds; the rest of the claim is open.' };
}

/** @param series of one model at one precision. */
export function batchClaim(
  series: readonly Series[],
  context: ConcludeContext,
  claim: string,
): Omit<Finding, 'experiment'> {
  const none = (text: string) => ({
    title: 'The claim was not tested',
    text,
    claim,
    verdict: 'not-applicable' as const,
    evidence: series.flatMap((s) => s.points.map((p) => p.caseId)),
  });
  if (context.environment.adapter?.software) {
    return none('The adapter is software: its times are not compared.');
  }
  const timed = series.filter((s) => s.points.some((p) => p.utilisation !== null));
  const top = (s: Series) => Math.max(0, ...s.points.map((p) => p.throughput ?? 0));
  const lead = timed.toSorted((a, b) => top(b) - top(a))[0];
  if (!lead) return none('No engine gave GPU times.');
  const parts = [
    idle(lead.points),
    growth(lead.points, [8, 32], 'near-linear', (factor) => factor >= NEAR_LINEAR),
    growth(lead.points, [64, 256], 'levels off', (factor) => factor <= LEVEL),
  ];
  if (parts.every((p) => p.holds === null)) {
    return none(`On ${lead.label}: ${parts.map((p) => p.text).join('; ')}.`);
  }
  const { title, text } = gained(lead.points.filter(isKnown));
  const { verdict, caveat } = judge(parts);
  return {
    title,
    claim,
    text: `On ${lead.label}: ${text}${parts.map((p) => p.text).join('; ')}.${caveat}`,
    verdict,
    evidence: lead.points.map((p) => p.caseId),
  };
}
