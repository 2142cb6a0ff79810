import { describe, expect, it } from 'vitest';
import { DEFAULT_SAMPLING, type Runnable } from '../contract';
import { closedLoop } from './closed-loop';
import { type LoadHost, newSubject } from './subject';

/** A runnable in virtual time that notes when it ran. */
function fake(name: string, clock: { ms: number }, log: string[], wallMs: (i: number) => number): Runnable {
  let runs = 0;
  return {
    outputBytes: 0,
    async once() {
      const ms = wallMs(runs++);
      clock.ms += ms;
      log.push(name);
      return { gpuNs: null, encodeNs: null, wallNs: ms * 1e6, readbackNs: ms * 1e6, negativePasses: 0 };
    },
    async saturate(n) {
      clock.ms += n * wallMs(0);
      return n * wallMs(0) * 1e6;
    },
  };
}

function host(clock: { ms: number }, over: Partial<LoadHost> = {}): LoadHost {
  return {
    now: () => clock.ms,
    cancelled: () => false,
    hidden: () => false,
    witness: async () => null,
    breathe: async () => undefined,
    ...over,
  };
}

describe('closed loop', () => {
  it('interleaves its subjects in ABBA order', async () => {
    const clock = { ms: 0 };
    const log: string[] = [];
    const subjects = ['A', 'B'].map((name) => newSubject(fake(name, clock, log, () => 10)));
    await closedLoop(subjects, DEFAULT_SAMPLING, host(clock));
    expect(log.slice(0, 8).join('')).toBe('ABBAABBA');
  });

  it('stops when precise, and says so', async () => {
    const clock = { ms: 0 };
    const subject = newSubject(fake('A', clock, [], (i) => 10 + (i % 2) * 0.01));
    await closedLoop([subject], DEFAULT_SAMPLING, host(clock));
    expect(subject.stopped).toBe('precise');
    expect(subject.samples.wallNs.length).toBeGreaterThanOrEqual(25);
    expect(subject.samples.saturatedNs.length).toBe(6);
  });

  it('stops a noisy subject at the time cap without taking time from the others', async () => {
    const clock = { ms: 0 };
    const noisy = newSubject(fake('A', clock, [], (i) => (i % 2 ? 10 : 100)));
    const steady = newSubject(fake('B', clock, [], () => 10));
    await closedLoop([noisy, steady], DEFAULT_SAMPLING, host(clock));
    expect(noisy.stopped).toBe('time-cap');
    expect(steady.stopped).toBe('precise');
  });

  it('goes on past the time cap to the fewest samples that compare, but not for ever', async () => {
    const clock = { ms: 0 };
    const slow = newSubject(fake('A', clock, [], () => 500));
    const endless = newSubject(fake('B', clock, [], () => 4000));
    await closedLoop([slow, endless], DEFAULT_SAMPLING, host(clock));
    expect(slow.samples.wallNs.length).toBe(DEFAULT_SAMPLING.minSamples);
    expect(endless.samples.wallNs.length).toBeLessThan(4);
  });

  it('throws away samples taken while the page was hidden', async () => {
    const clock = { ms: 0 };
    const subject = newSubject(fake('A', clock, [], () => 10));
    let asked = 0;
    await closedLoop([subject], DEFAULT_SAMPLING, host(clock, { hidden: () => asked++ < 3 }));
    expect(subject.discarded).toBe(3);
    expect(subject.stopped).toBe('precise');
  });

  it('discards a round of all subjects, so that samples go on pairing', async () => {
    const clock = { ms: 0 };
    const subjects = ['A', 'B'].map((name) => newSubject(fake(name, clock, [], () => 10)));
    let asked = 0;
    await closedLoop(subjects, DEFAULT_SAMPLING, host(clock, { hidden: () => asked++ === 2 }));
    expect(subjects.map((s) => s.discarded)).toEqual([1, 1]);
    const [a, b] = subjects.map((s) => s.samples.wallNs.length);
    expect(a).toBe(b);
  });

  it('makes windows long enough that waiting for their end weighs little', async () => {
    const clock = { ms: 0 };
    // A run of 0.1 ms, and 5 ms to hear that the queue is done.
    const subject = newSubject({
      outputBytes: 0,
      async once() {
        clock.ms += 5.1;
        return { gpuNs: 1e5, encodeNs: null, wallNs: 5.1e6, readbackNs: null, negativePasses: 0 };
      },
      async saturate(n) {
        clock.ms += 5 + n * 0.1;
        return (5 + n * 0.1) * 1e6;
      },
    });
    await closedLoop([subject], DEFAULT_SAMPLING, host(clock));
    const perRun = subject.samples.saturatedNs.map((ns, i) => ns / subject.samples.saturatedRuns[i]!);
    expect(perRun.length).toBe(6);
    expect(Math.max(...perRun)).toBeLessThan(0.13e6);
  });

  it('ends at once when cancelled', async () => {
    const clock = { ms: 0 };
    const subjects = ['A', 'B'].map((name) => newSubject(fake(name, clock, [], () => 10)));
    const cancelled = () => subjects.reduce((sum, s) => sum + s.samples.wallNs.length, 0) >= 6;
    await closedLoop(subjects, DEFAULT_SAMPLING, host(clock, { cancelled }));
    expect(subjects.map((s) => s.samples.wallNs.length)).toEqual([3, 3]);
    expect(subjects.map((s) => s.stopped)).toEqual(['cancelled', 'cancelled']);
  });

  it('keeps the others going when one fails', async () => {
    const clock = { ms: 0 };
    const broken = newSubject(
      fake('A', clock, [], (i) => {
        if (i === 4) throw new Error('lost');
        return 10;
      }),
    );
    const fine = newSubject(fake('B', clock, [], () => 10));
    await closedLoop([broken, fine], DEFAULT_SAMPLING, host(clock));
    expect(broken.error).toBeInstanceOf(Error);
    expect(fine.stopped).toBe('precise');
  });
});
