/**
 * Closed loop: one run at a time for latency, then runs back to back for throughput.
 *
 * Several subjects are driven together and interleaved in ABBA order, so that slow changes of the
 * machine (clock, heat, other programs) fall on all of them alike (method.md 10).
 */
import type { Runnable, Samples, Sampling, SamplingRecord } from '../contract';
import { stopReason } from '../stats';

export interface Subject {
  readonly runnable: Runnable;
  readonly samples: MutableSamples;
  stopped: SamplingRecord['stopped'];
  discarded: number;
  negativePasses: number;
  /** Why it ended early, if it did. */
  error: unknown;
}

export type MutableSamples = { -readonly [K in keyof Samples]: Samples[K] };

/** The world around a load, given from outside so that tests can run in virtual time. */
export interface LoadHost {
  /** Milliseconds. */
  now(): number;
  cancelled(): boolean;
  /** The page is hidden: browsers throttle it, so what was taken meanwhile is discarded. */
  hidden(): boolean;
  /** Rate of the clock witness right now, in any unit; null without one. */
  witness(): Promise<number | null>;
  onSample(subject: Subject): void;
}

/** Runs longer than this bring their data into the caches by themselves. */
const SETTLE_NS = 20e6;
/** Outputs up to this size are read back in every sample. */
const SMALL_BYTES = 4 << 20;
/** Larger ones only a few times: reading 268 MB takes a hundred times as long as transposing them. */
const FEW_READBACKS = 3;
/** A saturated window lasts at least this long, so that its ends weigh little. */
const WINDOW_MS = 60;
/** Enough windows for a 95 % interval of their rate. */
const WINDOWS = 6;

export function emptySamples(): MutableSamples {
  return {
    gpuNs: [],
    encodeNs: [],
    wallNs: [],
    readbackNs: [],
    clock: [],
    saturatedRuns: [],
    saturatedNs: [],
    createNs: null,
    firstNs: null,
  };
}

export function newSubject(runnable: Runnable): Subject {
  return { runnable, samples: emptySamples(), stopped: 'none', discarded: 0, negativePasses: 0, error: null };
}

/** Drives all subjects until each is sampled enough, fails, or the run is cancelled. */
export async function closedLoop(
  subjects: readonly Subject[],
  sampling: Sampling,
  host: LoadHost,
): Promise<void> {
  await latency(subjects, sampling, host);
  await throughput(subjects, sampling, host);
}

async function latency(subjects: readonly Subject[], sampling: Sampling, host: LoadHost): Promise<void> {
  const spentMs = new Map<Subject, number>(subjects.map((s) => [s, 0]));
  for (let round = 0; ; round++) {
    const open = subjects.filter((s) => s.stopped === 'none');
    if (open.length === 0) return;
    for (const subject of round % 2 === 0 ? open : open.toReversed()) {
      if (host.cancelled()) {
        for (const s of open) s.stopped = 'cancelled';
        return;
      }
      const from = host.now();
      await sampleOnce(subject, host);
      const spent = spentMs.get(subject)! + host.now() - from - readbackMs(subject);
      spentMs.set(subject, spent);
      if (subject.stopped !== 'none') continue;
      subject.stopped = stopReason(subject.samples.wallNs as number[], spent / 1000, sampling) ?? 'none';
    }
  }
}

async function sampleOnce(subject: Subject, host: LoadHost): Promise<void> {
  const { samples } = subject;
  try {
    const rate = await host.witness();
    // Runs of the other subjects and the witness came between: a run that is thrown away brings this one's data
    // back into the caches, so that every sample is a hot one.
    if ((samples.wallNs.at(-1) ?? 0) < SETTLE_NS) await subject.runnable.saturate(1);
    const { outputBytes } = subject.runnable;
    const readBack = outputBytes <= SMALL_BYTES || samples.wallNs.length < FEW_READBACKS;
    const timing = await subject.runnable.once(readBack);
    if (host.hidden()) {
      subject.discarded++;
      return;
    }
    subject.negativePasses += timing.negativePasses;
    samples.gpuNs.push(timing.gpuNs);
    samples.encodeNs.push(timing.encodeNs);
    samples.wallNs.push(timing.wallNs);
    samples.readbackNs.push(timing.readbackNs);
    samples.clock.push(rate);
    host.onSample(subject);
  } catch (error) {
    subject.error = error;
    subject.stopped = 'cancelled';
  }
}

async function throughput(subjects: readonly Subject[], sampling: Sampling, host: LoadHost): Promise<void> {
  const budgetMs = (sampling.maxSeconds * 1000) / 2;
  const spentMs = new Map<Subject, number>(subjects.map((s) => [s, 0]));
  for (let window = 0; window < WINDOWS; window++) {
    for (const subject of window % 2 === 0 ? subjects : subjects.toReversed()) {
      if (host.cancelled()) return;
      if (subject.error !== null || spentMs.get(subject)! > budgetMs) continue;
      try {
        const from = host.now();
        const runs = runsPerWindow(subject.samples.wallNs as number[]);
        const ns = await subject.runnable.saturate(runs);
        spentMs.set(subject, spentMs.get(subject)! + host.now() - from);
        if (host.hidden()) continue;
        subject.samples.saturatedRuns.push(runs);
        subject.samples.saturatedNs.push(ns);
      } catch (error) {
        subject.error = error;
      }
    }
  }
}

/** Time that the last sample took beyond its run: not part of what a case is given, when outputs are large. */
function readbackMs({ samples }: Subject): number {
  return Math.max(0, (samples.readbackNs.at(-1) ?? 0) - (samples.wallNs.at(-1) ?? 0)) / 1e6;
}

function runsPerWindow(wallNs: readonly number[]): number {
  const shortest = Math.min(...wallNs);
  return Math.min(200, Math.ceil((WINDOW_MS * 1e6) / shortest));
}
