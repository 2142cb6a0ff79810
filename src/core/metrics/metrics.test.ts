import { describe, expect, test } from 'vitest';
import { computeMetrics, METRICS } from '.';
import { caseResult, HARDWARE, kernelWorkload, modelWorkload } from './testing';

const constant = (value: number, n: number) => Array.from({ length: n }, () => value);

describe('metrics of a case', () => {
  test('ids are unique and every one is computed', () => {
    const ids = METRICS.map((m) => m.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(caseResult().metrics)).toEqual(ids);
  });

  test.each([
    { status: 'wrong', reason: 'x' },
    { status: 'unsupported', reason: 'x' },
    { status: 'failed', reason: 'x', code: 'internal' },
    { status: 'interrupted', reason: 'x' },
  ] as const)('a case that is $status has none', (outcome) => {
    expect(caseResult({ outcome, times: { gpu: 1, wall: 2 } }).metrics).toEqual({});
  });

  test('time that was not measured is withheld with the reason, never 0', () => {
    const { metrics } = caseResult({ samples: { gpuNs: constant(0, 0), wallNs: [null, null] } });
    for (const { value, withheld, interval } of Object.values(metrics)) {
      expect(value).toBeNull();
      expect(interval).toBeNull();
      expect(withheld).toBeTruthy();
    }
  });

  test('nulls in a column are left out', () => {
    const { metrics } = caseResult({ samples: { gpuNs: [null, 100, 300, null, 200] } });
    expect(metrics['gpu.median']).toMatchObject({ value: 200, n: 3, interval: null });
  });

  test('percentiles are withheld until there are samples enough, and say how many more', () => {
    const metrics = (n: number) => caseResult({ times: { wall: 1e6, gpu: 1e5 }, n }).metrics;
    expect(metrics(367)['wall.p99']).toMatchObject({ value: null, withheld: 'needs 1 more sample' });
    expect(metrics(60)['gpu.p99']?.withheld).toBe('needs 308 more samples');
    expect(metrics(60)['gpu.p95']?.withheld).toBe('needs 12 more samples');
    expect(metrics(368)['wall.p99']?.value).toBeGreaterThan(1e6);
    expect(metrics(368)['wall.p99']?.interval).not.toBeNull();
  });
});

describe('a timer coarser than the work', () => {
  const quantumNs = 65_536;
  const environment = { ...HARDWARE, timer: { ...HARDWARE.timer, quantumNs } };
  // Work of half a quantum reads as 0 or 1 quantum, alternately.
  const gpuNs = Array.from({ length: 400 }, (_, i) => (i % 2) * quantumNs);

  test('gives the mean with its standard error, and no percentiles', () => {
    const { metrics } = caseResult({ samples: { gpuNs }, environment, counters: { flops: 1e6 } });
    expect(metrics['gpu.median']?.value).toBeCloseTo(quantumNs / 2, 6);
    const [low, high] = metrics['gpu.median']?.interval ?? [0, 0];
    // 1.96 standard errors of 400 coin tosses: ± 0.049 quanta.
    expect((high - low) / 2 / quantumNs).toBeCloseTo(0.049, 3);
    expect(metrics['gpu.p99']?.withheld).toMatch(/coarse/);
    expect(metrics.tflops?.value).toBeCloseTo(1e6 / (quantumNs / 2 / 1e9), 0);
  });

  test('is overcome by repeating the work in a pass', () => {
    const repeated = {
      warmupRuns: 1,
      warmupConverged: true,
      repeats: 200,
      discarded: 0,
      negativePasses: 0,
    } as const;
    const { metrics } = caseResult({
      samples: { gpuNs: constant(1000, 400) },
      sampling: { ...repeated, stopped: 'precise' },
      environment,
    });
    expect(metrics['gpu.median']?.value).toBe(1000);
    expect(metrics['gpu.p99']?.value).toBe(1000);
  });

  test('a time that reads 0 gives no rate', () => {
    const { metrics } = caseResult({ samples: { gpuNs: constant(0, 10) }, counters: { flops: 1 } });
    expect(metrics.tflops?.value).toBeNull();
    expect(metrics.tflops?.withheld).toMatch(/below/);
  });
});

describe('rates', () => {
  test('throughput is all work ÷ all time of the saturated windows', () => {
    const { metrics } = caseResult({
      workload: modelWorkload(8),
      samples: { saturatedRuns: [10, 20, 30], saturatedNs: [1e9, 2e9, 3e9] },
    });
    expect(metrics.throughput).toEqual({ value: 80, unit: 'items/s', interval: [80, 80], n: 3 });
  });

  test('arithmetic and memory rates turn the interval of the time over', () => {
    const { metrics } = caseResult({ times: { gpu: 1e6 }, counters: { flops: 2e9, bytes: 1e8 } });
    expect(metrics.tflops?.value).toBeCloseTo(2e12, -9);
    expect(metrics.bandwidth?.value).toBeCloseTo(1e11, -8);
    const [low, high] = metrics.tflops?.interval ?? [0, 0];
    expect(low).toBeLessThan(2e12);
    expect(high).toBeGreaterThan(2e12);
  });

  test('the share of the ceiling is the larger of the two', () => {
    // Ceilings: 10 TFLOP/s and 1 TB/s. 2 TFLOP/s is 20 %, 0.5 TB/s is 50 %.
    const share = (counters: { flops?: number; bytes?: number }, dtype: 'f32' | 'i8' = 'f32') =>
      caseResult({
        times: { gpu: 1e6 },
        counters,
        workload: { ...kernelWorkload('copy', [1]), dtype },
      }).metrics['ceiling.share'];
    expect(share({ flops: 2e9, bytes: 5e8 })?.value).toBeCloseTo(0.5, 3);
    expect(share({ flops: 2e9 })?.value).toBeCloseTo(0.2, 3);
    expect(share({ flops: 2e9, bytes: 1e8 }, 'i8')?.value).toBeCloseTo(0.1, 3);
    expect(share({})?.withheld).toMatch(/not known/);
    const { ceilings: _, ...bare } = HARDWARE;
    expect(computeMetrics(caseResult({ times: { gpu: 1e6 } }), bare)['ceiling.share']?.withheld).toMatch(
      /no ceiling/,
    );
  });

  test('utilisation pairs the clocks of a run', () => {
    const { metrics } = caseResult({ samples: { gpuNs: [50, null, 20], wallNs: [100, 100, 80] } });
    expect(metrics.utilisation).toMatchObject({ value: 0.375, n: 2 });
  });

  test('cold times are single measurements without an interval', () => {
    const { metrics } = caseResult({ samples: { createNs: 5e8 } });
    expect(metrics['cold.create']).toEqual({ value: 5e8, unit: 'ns', interval: null, n: 1 });
    expect(metrics['cold.first']?.value).toBeNull();
  });
});
