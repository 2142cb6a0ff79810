/** The claim on batch sizes, part by part, held against the fastest series that has GPU time. */
import type { Finding } from '../contract';
import { type CurvePoint, formatNumber, formatShare, formatTimes, type Series } from '../metrics';
import { median } from '../stats';
import type { ConcludeContext } from './experiment';

/** "Mostly idle": the GPU works less than half of the time. */
const IDLE = 0.5;
/** Throughput grows as batch^e: near-linear from here on… */
const NEAR_LINEAR = 0.7;
/** …and levelling off up to here, where doubling the batch gains less than √2. */
const LEVEL = 0.5;

interface Part {
  readonly text: string;
  /** Null when the sweep has no points to tell. */
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

/** How throughput grows between two batch sizes, as the exponent of a power law. */
function growth(
  points: readonly CurvePoint[],
  [low, high]: readonly [number, number],
  claimed: string,
  holds: (exponent: number) => boolean,
): Part {
  const known = within(points, low, high).filter((p) => (p.throughput ?? 0) > 0);
  const [first, last] = [known[0], known.at(-1)];
  if (!first?.throughput || !last?.throughput || first.batch === last.batch) {
    return { text: `${low}–${high} not measured`, holds: null };
  }
  const exponent = Math.log(last.throughput / first.throughput) / Math.log(last.batch / first.batch);
  return {
    text: `over ${first.batch}–${last.batch} doubling the batch multiplies throughput by ${formatNumber(2 ** exponent)} (claimed: ${claimed})`,
    holds: holds(exponent),
  };
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
    growth(lead.points, [8, 32], 'near-linear', (e) => e >= NEAR_LINEAR),
    growth(lead.points, [64, 256], 'levels off', (e) => e <= LEVEL),
  ];
  if (parts.every((p) => p.holds === null)) return none('None of the batch sizes it speaks of was measured.');
  const first = lead.points[0]?.throughput;
  const sentence = parts.map((p) => p.text).join('; ');
  return {
    title: first ? `Batching gains ${formatTimes(top(lead) / first)}` : 'Batching',
    claim,
    text: `On ${lead.label}: ${sentence}.`,
    verdict: parts.some((p) => p.holds === false) ? 'not-confirmed' : 'confirmed',
    evidence: lead.points.map((p) => p.caseId),
  };
}
