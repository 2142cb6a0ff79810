import { describe, expect, test } from 'vitest';
import { compareCases, inverse } from '.';
import { caseResult, HARDWARE, SOFTWARE } from './testing';

const gpu = (id: string, ns: number, n = 40) => caseResult({ id, n, times: { gpu: ns, wall: 2 * ns } });
const wasm = (id: string, ns: number) => caseResult({ id, engine: 'ort-wasm', times: { wall: ns } });

describe('comparing two cases', () => {
  test('gives the ratio of the clock asked for', () => {
    const result = compareCases(gpu('slow', 3e6), gpu('quick', 1e6), 'gpuNs', HARDWARE, 1);
    expect(result).toMatchObject({ baseline: 'slow', candidate: 'quick', clock: 'gpuNs', verdict: 'faster' });
    expect(result?.ratio).toBeCloseTo(3, 6);
  });

  test('says nothing without a verified pair of enough samples', () => {
    const wrong = { ...gpu('wrong', 1e6), outcome: { status: 'wrong', reason: '' } } as const;
    expect(compareCases(wrong, gpu('b', 1e6), 'gpuNs', HARDWARE, 1)).toBeNull();
    expect(compareCases(gpu('a', 1e6, 9), gpu('b', 1e6), 'gpuNs', HARDWARE, 1)).toBeNull();
    expect(compareCases(wasm('a', 1e6), gpu('b', 1e6), 'gpuNs', HARDWARE, 1)).toBeNull();
  });

  test('never compares times of a software adapter, but does those of WASM beside one', () => {
    expect(compareCases(gpu('a', 1e6), gpu('b', 1e6), 'wallNs', SOFTWARE, 1)).toBeNull();
    expect(compareCases(wasm('a', 1e6), gpu('b', 1e6), 'wallNs', SOFTWARE, 1)).toBeNull();
    const untimed = caseResult({ engine: 'ort-webgpu', times: { wall: 1e6 } });
    expect(compareCases(wasm('a', 1e6), untimed, 'wallNs', SOFTWARE, 1)).toBeNull();
    expect(compareCases(wasm('a', 2e6), wasm('b', 1e6), 'wallNs', SOFTWARE, 1)?.verdict).toBe('faster');
  });

  test('drops a pair when the clock had fallen in either', () => {
    const half = (i: number) => i % 2 === 0;
    const fallen = caseResult({
      samples: {
        gpuNs: Array.from({ length: 40 }, (_, i) => (half(i) ? 3e6 : 1e6)),
        clock: Array.from({ length: 40 }, (_, i) => (half(i) ? 0.33 : 1)),
      },
    });
    const result = compareCases(fallen, gpu('b', 1e6), 'gpuNs', HARDWARE, 1);
    expect(result?.ratio).toBeCloseTo(1, 2);
  });

  test('compares means where the timer is too coarse for medians', () => {
    const quantumNs = 65_536;
    const environment = { ...HARDWARE, timer: { ...HARDWARE.timer, quantumNs } };
    const ticks = (every: number) =>
      caseResult({ samples: { gpuNs: Array.from({ length: 400 }, (_, i) => (i % every ? 0 : quantumNs)) } });
    expect(compareCases(ticks(2), ticks(4), 'gpuNs', environment, 1)?.ratio).toBeCloseTo(2, 6);
  });

  test('can be turned round', () => {
    const there = compareCases(gpu('slow', 3e6), gpu('quick', 1e6), 'gpuNs', HARDWARE, 1)!;
    const back = inverse(there);
    expect(back).toMatchObject({ baseline: 'quick', candidate: 'slow', verdict: 'slower' });
    expect(back.ratio).toBeCloseTo(1 / 3, 6);
    expect(back.interval[0]).toBeLessThanOrEqual(back.interval[1]);
    expect(inverse(back).verdict).toBe('faster');
  });
});
