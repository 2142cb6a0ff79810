/**
 * Closed loop: one run at a time for latency, then runs back to back for throughput.
 *
 * Several subjects are driven together and interleaved in ABBA order, so that slow changes of the
 * machine (clock, heat, other programs) fall on all of them alike (method.md 8).
 */
import type { Sampling, SamplingRecord, Timing } from '../contract';
import { stopReason } from '../stats';
import type { LoadHost, Subject } from './subject';

/** Runs longer than this bring their data into the caches by themselves. */
const SETTLE_NS = 20e6;
/** Outputs up to this size are read back in every sample. */
const SMALL_BYTES = 4 << 20;
/** Larger ones only a few times: reading 268 MB takes a hundred times as long as transposing them. */
const FEW_READBACKS = 3;
/** A saturated window lasts about this long, so that waiting for its end weighs little. */
const WINDOW_MS = 50;
/** Enough windows for a 95 % interval of their rate. */
const WINDOWS = 6;
const MOST_RUNS = 5000;
/** A case may take this many times its time to reach the fewest samples that can be compared. */
const GRACE = 3;

/** Drives all subjects until each is sampled enough, fails, or the run is cancelled. */
export async function closedLoop(
  subjects: readonly Subject[],
  sampling: Sampling,
  host: LoadHost,
): Promise<void> {
  await latency(subjects, sampling, host);
  await throughput(subjects, sampling, host);
}

interface Taken {
  readonly subject: Subject;
  readonly timing: Timing;
  readonly rate: number | null;
  readonly spentMs: number;
}

async function latency(subjects: readonly Subject[], sampling: Sampling, host: LoadHost): Promise<void> {
  const spentMs = new Map<Subject, number>(subjects.map((s) => [s, 0]));
  for (let round = 0; ; round++) {
    const open = subjects.filter((s) => s.stopped === 'none');
    if (open.length === 0) return;
    const taken: Taken[] = [];
    for (const subject of round % 2 === 0 ? open : open.toReversed()) {
      await host.breathe();
      if (host.cancelled()) {
        for (const s of open) s.stopped = 'cancelled';
        return;
      }
      const sample = await sampleOnce(subject, host);
      if (sample) taken.push(sample);
    }
    // The whole round, so that samples go on pairing by their place; its time is not counted either.
    if (host.hidden()) {
      for (const { subject } of taken) subject.discarded++;
      continue;
    }
    for (const sample of taken) {
      keep(sample);
      const { subject } = sample;
      const spent = spentMs.get(subject)! + sample.spentMs;
      spentMs.set(subject, spent);
      subject.stopped = stopped(subject, spent / 1000, sampling);
    }
  }
}

async function sampleOnce(subject: Subject, host: LoadHost): Promise<Taken | null> {
  const { samples, runnable } = subject;
  const from = host.now();
  try {
    const rate = await host.witness();
    // Runs of the other subjects and the witness came between: a run that is thrown away brings this one's data
    // back into the caches, so that every sample is a hot one.
    if ((samples.wallNs.at(-1) ?? 0) < SETTLE_NS) await runnable.saturate(1);
    const readBack = runnable.outputBytes <= SMALL_BYTES || samples.wallNs.length < FEW_READBACKS;
    const timing = await runnable.once(readBack);
    // Reading large outputs back is not part of the time that a case is given.
    const readMs = Math.max(0, (timing.readbackNs ?? 0) - (timing.wallNs ?? 0)) / 1e6;
    return { subject, timing, rate, spentMs: host.now() - from - readMs };
  } catch (error) {
    subject.error = error;
    subject.stopped = 'cancelled';
    return null;
  }
}

function keep({ subject, timing, rate }: Taken): void {
  const { samples } = subject;
  subject.negativePasses += timing.negativePasses;
  samples.gpuNs.push(timing.gpuNs);
  samples.encodeNs.push(timing.encodeNs);
  samples.wallNs.push(timing.wallNs);
  samples.readbackNs.push(timing.readbackNs);
  samples.clock.push(rate);
}

/** Wall time must be as precise as asked, and GPU time too where every sample has some. */
function stopped({ samples }: Subject, seconds: number, sampling: Sampling): SamplingRecord['stopped'] {
  const wall = stopReason(samples.wallNs as number[], seconds, sampling);
  const few = samples.wallNs.length < sampling.minSamples && seconds < GRACE * sampling.maxSeconds;
  if (wall === 'time-cap' && few) return 'none';
  if (wall !== 'precise' || samples.gpuNs.some((ns) => !ns)) return wall ?? 'none';
  return stopReason(samples.gpuNs as number[], seconds, sampling) ?? 'none';
}

async function throughput(subjects: readonly Subject[], sampling: Sampling, host: LoadHost): Promise<void> {
  const budgetMs = (sampling.maxSeconds * 1000) / 2;
  const plans = subjects
    .filter((s) => s.error === null)
    .map((subject) => ({ subject, runs: firstRuns(subject), spentMs: 0 }));
  for (let round = 0; ; round++) {
    const open = plans.filter(
      ({ subject: { error, samples }, spentMs }) =>
        error === null && spentMs <= budgetMs && samples.saturatedNs.length < WINDOWS,
    );
    if (open.length === 0) return;
    for (const plan of round % 2 === 0 ? open : open.toReversed()) {
      await host.breathe();
      if (host.cancelled()) return;
      try {
        const ns = await plan.subject.runnable.saturate(plan.runs);
        const last = plan.spentMs + ns / 1e6 > budgetMs;
        // A window that turned out short is not kept, unless there is no time for another.
        if (!host.hidden() && (ns > (WINDOW_MS * 1e6) / 2 || plan.runs === MOST_RUNS || last)) {
          plan.subject.samples.saturatedRuns.push(plan.runs);
          plan.subject.samples.saturatedNs.push(ns);
        }
        plan.spentMs += ns / 1e6;
        plan.runs = clampRuns((plan.runs * WINDOW_MS * 1e6) / ns);
      } catch (error) {
        plan.subject.error = error;
      }
    }
  }
}

/** A first guess from single runs, which also wait for the queue: later windows are sized by earlier ones. */
function firstRuns({ samples }: Subject): number {
  return clampRuns((WINDOW_MS * 1e6) / Math.min(...(samples.wallNs as number[])));
}

function clampRuns(runs: number): number {
  return Math.max(1, Math.min(MOST_RUNS, Math.ceil(runs)));
}
