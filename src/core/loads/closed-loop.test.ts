import { describe, expect, it } from 'vitest';
import { DEFAULT_SAMPLING, type Runnable } from '../contract';
import { closedLoop, type LoadHost, newSubject } from './closed-loop';

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
    onSample: () => undefined,
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

  it('throws away samples taken while the page was hidden', async () => {
    const clock = { ms: 0 };
    const subject = newSubject(fake('A', clock, [], () => 10));
    let asked = 0;
    await closedLoop([subject], DEFAULT_SAMPLING, host(clock, { hidden: () => asked++ < 3 }));
    expect(subject.discarded).toBe(3);
    expect(subject.stopped).toBe('precise');
  });

  it('ends at once when cancelled', async () => {
    const clock = { ms: 0 };
    const subjects = ['A', 'B'].map((name) => newSubject(fake(name, clock, [], () => 10)));
    let samples = 0;
    await closedLoop(subjects, DEFAULT_SAMPLING, {
      ...host(clock),
      cancelled: () => samples >= 5,
      onSample: () => samples++,
    });
    expect(samples).toBe(5);
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
