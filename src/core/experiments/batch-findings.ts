/** What a batch sweep says: one function a finding, each from the curves of one model at one precision. */
import { type CaseResult, type Finding, workloadItems } from '../contract';
import {
  bestUnder,
  type CurvePoint,
  curves,
  formatDuration,
  formatShare,
  formatValue,
  inverse,
  knee,
  overtakes,
  REGIMES,
  type Regime,
  type Series,
  tailLatency,
} from '../metrics';
import { batchClaim } from './batch-claim';
import { type ConcludeContext, groupBy } from './experiment';
import { formatFactor, formatGain, gain, gainPerDoubling, isKnown, type KnownPoint } from './growth';

/** All that is known of one model at one precision. */
interface Sweep {
  readonly series: readonly Series[];
  readonly cases: readonly CaseResult[];
  readonly context: ConcludeContext;
}

type Observation = Omit<Finding, 'experiment' | 'claim' | 'verdict'>;

const items = (rate: number) => formatValue(rate, 'items/s');
const peak = (points: readonly CurvePoint[]) => Math.max(0, ...points.map((p) => p.throughput ?? 0));
const usesGpu = (s: Series) => s.engine !== 'ort-wasm';

/** The fastest of the given series at its best batch. */
function fastest(series: readonly Series[]): Series | undefined {
  return series.toSorted((a, b) => peak(b.points) - peak(a.points))[0];
}

function latencyText(point: CurvePoint): string {
  const tail = tailLatency(point);
  if (!tail) return 'an unknown latency';
  const instead = tail.percentile === 'p99' ? '' : ` (p99 ${point.p99Withheld ?? 'not measured'})`;
  return `${tail.percentile} ${formatDuration(tail.latencyNs)}${instead}`;
}

/** Best batch under the limit, over the given series of one model. */
function best(series: readonly Series[], limitMs: number): Observation[] {
  const limitNs = limitMs * 1e6;
  const limit = formatDuration(limitNs);
  const candidates = series.flatMap((s) => {
    const found = bestUnder(s.points, limitNs);
    return found && isKnown(found.point) ? [{ series: s, point: found.point }] : [];
  });
  const winner = candidates.toSorted((a, b) => b.point.throughput - a.point.throughput)[0];
  const shown = series.filter((s) => s.points.some((p) => tailLatency(p)));
  if (!winner) {
    if (shown.length === 0) return [];
    const points = shown.flatMap((s) => s.points.map((point) => ({ s, point })));
    const quick = points.toSorted((a, b) => (a.point.p50 ?? Infinity) - (b.point.p50 ?? Infinity))[0]!;
    return [
      {
        title: `No batch stays under ${limit} on ${series.length === 1 ? quick.s.label : 'any engine'}`,
        text: `The quickest is batch ${quick.point.batch} on ${quick.s.label}, at ${latencyText(quick.point)}.`,
        evidence: [quick.point.caseId],
      },
    ];
  }
  const { point, series: won } = winner;
  const first = won.points[0]!;
  const gained =
    first.batch < point.batch && isKnown(first)
      ? `, ${formatGain(gain(first, point))} batch ${first.batch}`
      : '';
  const more = won.points.filter(isKnown).find((p) => p.batch > point.batch && clearlyMore(point, p));
  const missed = more
    ? ` Batch ${more.batch} gives ${formatGain(gain(point, more))} as much and misses the limit.`
    : '';
  return [
    {
      title: `Best batch under ${limit} on ${won.label}: ${point.batch}`,
      text: `${items(point.throughput)} at ${latencyText(point)}${gained}.${missed}`,
      evidence: [point.caseId, ...(more ? [more.caseId] : [])],
    },
  ];
}

/** Whether a point's throughput is higher by more than the intervals leave open. */
function clearlyMore(than: KnownPoint, point: KnownPoint): boolean {
  const { value, interval } = gain(than, point);
  return (interval?.[0] ?? value) > 1;
}

const doubling = (from: KnownPoint, to: KnownPoint) => formatFactor(gainPerDoubling(from, to));

function kneeOf({ label, points }: Series): Observation[] {
  const known = points.filter(isKnown);
  const [first, last] = [known[0], known.at(-1)];
  if (known.length < 3 || !first || !last) return [];
  const found = knee(known);
  const bend = found && isKnown(found) ? found : null;
  const evidence = [first, ...(bend ? [bend] : []), last].map((p) => p.caseId);
  return [
    bend
      ? {
          title: `The knee is at batch ${bend.batch}`,
          text: `On ${label} doubling the batch multiplies throughput by ${doubling(first, bend)} up to there, and by ${doubling(bend, last)} beyond.`,
          evidence,
        }
      : {
          title: `No knee up to batch ${last.batch}`,
          text: `On ${label} doubling the batch multiplies throughput by ${doubling(first, last)} all the way.`,
          evidence,
        },
  ];
}

/** Neighbouring points of one regime. */
interface Stretch {
  readonly regime: Regime;
  readonly from: number;
  to: number;
}

function stretches(points: readonly CurvePoint[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { regime, batch } of points) {
    const last = found.at(-1);
    if (regime === null) continue;
    if (last?.regime === regime) last.to = batch;
    else found.push({ regime, from: batch, to: batch });
  }
  return found;
}

function regimes({ label, points }: Series, cases: readonly CaseResult[]): Observation[] {
  const [first, second, ...rest] = stretches(points);
  const start = points.find((p) => p.regime !== null);
  if (!first || !start) return [];
  const all = [first, ...(second ? [second] : []), ...rest];
  const ranges = all.map(
    ({ regime, from, to }) => `${from === to ? from : `${from}–${to}`} ${REGIMES[regime].label}`,
  );
  const run = cases.find((c) => c.id === start.caseId);
  const encode = run?.metrics['encode.median']?.value ?? null;
  const dispatches = run?.counters.dispatches ?? null;
  const encoding =
    encode === null
      ? ''
      : `; ${dispatches === null ? 'encoding' : `encoding ${dispatches} dispatches`} takes ${formatDuration(encode)}`;
  const busy =
    start.utilisation === null
      ? ''
      : ` At batch ${start.batch} the GPU works ${formatShare(start.utilisation)} of the time${encoding}.`;
  const left = run?.counters.cpuNodes ?? 0;
  const fallback =
    left === 0
      ? ''
      : ` ${left} of ${run?.counters.nodes} nodes run on the CPU (${run?.counters.cpuOperators?.join(', ')}), and each makes the GPU wait.`;
  return [
    {
      title: `${second ? `Below ${second.from}` : 'At every batch'} ${REGIMES[first.regime].meaning}`,
      text: `${label}, by batch: ${ranges.join(', ')}.${busy}${fallback}`,
      evidence: points.filter((p) => p.regime !== null).map((p) => p.caseId),
    },
  ];
}

/** WebGPU against WASM. */
function crossover(gpu: Series, wasm: Series, { comparisons }: ConcludeContext): Observation[] {
  const shared = gpu.points.filter((p) => wasm.points.some((q) => q.batch === p.batch));
  const [first, last] = [shared[0], shared.at(-1)];
  if (!first || !last) return [];
  const from = overtakes(gpu.points, wasm.points);
  const judged = from ?? last.batch;
  const [ours, theirs] = [gpu, wasm].map((s) => s.points.find((p) => p.batch === judged));
  if (!ours?.throughput || !theirs?.throughput) return [];
  const sides = [ours.caseId, theirs.caseId];
  const found = comparisons.find((c) => sides.includes(c.baseline) && sides.includes(c.candidate));
  const ratio = found?.baseline === ours.caseId ? inverse(found) : found;
  const title =
    from === null
      ? `WebGPU does not overtake WASM up to batch ${last.batch}`
      : from === first.batch
        ? 'WebGPU is ahead of WASM at every batch'
        : `WebGPU overtakes WASM at batch ${from}`;
  const compared = ratio
    ? ` A single run is ${formatGain({ value: ratio.ratio, interval: ratio.interval })} as fast on ${gpu.label} (${ratio.verdict}).`
    : '';
  return [
    {
      title,
      text: `At batch ${judged} ${gpu.label} does ${items(ours.throughput)}, ${wasm.label} ${items(theirs.throughput)}.${compared}`,
      evidence: sides,
    },
  ];
}

const didNotFit = ({ outcome }: CaseResult) =>
  outcome.status === 'unsupported' ||
  (outcome.status === 'failed' && ['out-of-memory', 'limit-exceeded', 'device-lost'].includes(outcome.code));

/** Where size stopped a series: a batch did not run although smaller ones did. */
function memory({ label, points, engine, options }: Series, cases: readonly CaseResult[]): Observation[] {
  const largest = points.at(-1);
  const stopped = cases
    .filter((c) => c.engine === engine && JSON.stringify(c.options) === JSON.stringify(options))
    .filter((c) => didNotFit(c) && workloadItems(c.workload) > (largest?.batch ?? Infinity))
    .toSorted((a, b) => workloadItems(a.workload) - workloadItems(b.workload))[0];
  if (!largest || !stopped || stopped.outcome.status === 'ok') return [];
  return [
    {
      title: `Largest batch that ran on ${label}: ${largest.batch}`,
      text: `Batch ${workloadItems(stopped.workload)} did not: ${stopped.outcome.reason}`,
      evidence: [largest.caseId, stopped.id],
    },
  ];
}

const SOFTWARE = ' Measured on a software adapter: it says nothing of a GPU.';

function observe({ series, cases, context }: Sweep): Observation[] {
  const limitMs = context.spec.latencyLimitMs;
  const sizes = series.flatMap((s) => memory(s, cases));
  if (context.environment.adapter?.software) {
    // Engines are not compared here, so each curve is read by itself.
    const each = series.flatMap((s) =>
      best([s], limitMs).map((o) => (usesGpu(s) ? { ...o, text: o.text + SOFTWARE } : o)),
    );
    return [...each, ...sizes];
  }
  const gpu = fastest(series.filter((s) => s.points.some((p) => p.regime !== null)));
  const webgpu = fastest(series.filter(usesGpu));
  const wasm = series.find((s) => !usesGpu(s));
  const lead = gpu ?? fastest(series);
  return [
    ...best(series, limitMs),
    ...(gpu ? regimes(gpu, cases) : []),
    ...(webgpu && wasm ? crossover(webgpu, wasm, context) : []),
    ...(lead ? kneeOf(lead) : []),
    ...sizes,
  ];
}

export function concludeBatch(
  cases: readonly CaseResult[],
  context: ConcludeContext,
  claim: string,
): Finding[] {
  const sweeps = groupBy(curves(cases, context.environment), (s) => `${s.model}/${s.dtype}`);
  return sweeps.flatMap((series) => {
    const prefix = `batch/${series[0]!.model}/${series[0]!.dtype}/`;
    const own = cases.filter((c) => c.id.startsWith(prefix));
    // Which model is meant goes without saying when there is one.
    const about = sweeps.length > 1 ? ` · ${series[0]!.name} ${series[0]!.dtype}` : '';
    return [
      batchClaim(series, context, claim),
      ...observe({ series, cases: own, context }).map((o) => ({ ...o, claim: null, verdict: null })),
    ].map((finding) => ({ ...finding, experiment: 'batch', title: finding.title + about }));
  });
}
