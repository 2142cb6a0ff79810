import type { Runnable, Samples, SamplingRecord } from '../contract';

export type MutableSamples = { -readonly [K in keyof Samples]: Samples[K] };

/** A runnable under a load, with what was measured of it so far. */
export interface Subject {
  readonly runnable: Runnable;
  readonly samples: MutableSamples;
  stopped: SamplingRecord['stopped'];
  discarded: number;
  negativePasses: number;
  /** Why it ended early, if it did. */
  error: unknown;
}

/** The world around a load, given from outside so that tests can run in virtual time. */
export interface LoadHost {
  /** Milliseconds. */
  now(): number;
  cancelled(): boolean;
  /** Whether the page was hidden since the last question: browsers throttle it, so samples are discarded. */
  hidden(): boolean;
  /** Rate of the clock witness right now, in any unit; null without one. */
  witness(): Promise<number | null>;
  /** Lets waiting messages in, such as a request to cancel: engines on the CPU never give way by themselves. */
  breathe(): Promise<void>;
}

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
