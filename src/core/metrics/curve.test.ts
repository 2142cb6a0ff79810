import { describe, expect, test } from 'vitest';
import { bestUnder, type CurvePoint, curves, knee, modelSlug, overtakes, regime, timeShares } from '.';
import { caseResult, HARDWARE, kernelWorkload, modelWorkload } from './testing';

const point = (batch: number, throughput: number | null, more: Partial<CurvePoint> = {}): CurvePoint => ({
  caseId: `b${batch}`,
  batch,
  throughput,
  throughputInterval: throughput === null ? null : [throughput * 0.98, throughput * 1.02],
  p50: throughput === null ? null : (batch / throughput) * 1e9,
  p50Interval: null,
  p95: null,
  p99: null,
  p99Withheld: 'needs 1 more sample',
  utilisation: null,
  ceilingShare: null,
  regime: null,
  ...more,
});
const BATCHES = [1, 2, 4, 8, 16, 32, 64];
/** A fixed cost and a cost an item: linear at first, then level. */
const levelling = BATCHES.map((b) => point(b, b / (8e-3 + 1e-3 * b)));

describe('curves', () => {
  const run = (batch: number, engine: string, variant?: string) =>
    caseResult({
      id: `${engine}${variant ?? ''}${batch}`,
      workload: modelWorkload(batch),
      engine,
      options: variant ? { variant } : {},
      times: { wall: 1e6 },
    });

  test('one series for each engine and options, points in order of batch', () => {
    const cases = [
      run(4, 'wgsl', 'fused'),
      run(1, 'wgsl', 'fused'),
      run(1, 'ort-wasm'),
      run(1, 'wgsl', 'unfused'),
    ];
    const series = curves(cases, HARDWARE);
    expect(series.map((s) => s.label)).toEqual(['wgsl fused', 'ort-wasm', 'wgsl unfused']);
    expect(series[0]?.key).toBe('ocr-cls/f32/wgsl:fused');
    expect(series[0]?.points.map((p) => p.batch)).toEqual([1, 4]);
  });

  test('kernels, other experiments and cases that are not ok are left out', () => {
    const wrong = { ...run(1, 'wgsl'), outcome: { status: 'wrong', reason: '' } } as const;
    const kernel = caseResult({ workload: kernelWorkload('copy', [4]) });
    const other = { ...run(1, 'wgsl'), experiment: 'fusion' };
    expect(curves([wrong, kernel, other], HARDWARE)).toEqual([]);
    expect(curves([other], HARDWARE, 'fusion')).toHaveLength(1);
  });

  test('a withheld p99 is null with its reason', () => {
    const [series] = curves([run(1, 'wgsl')], HARDWARE);
    expect(series?.points[0]).toMatchObject({
      p99: null,
      p99Withheld: 'needs 328 more samples',
      regime: null,
    });
  });

  test('models that differ in a dimension or the block differ in their slug', () => {
    const block = { hidden: 64, heads: 2, inner: 128, layers: 1, sequence: 32 };
    expect(modelSlug({ from: 'block', block })).toBe('block-h64-a2-i128-l1-s32');
    expect(modelSlug({ from: 'catalogue', id: 'ocr-rec', dims: { width: 320 } })).toBe('ocr-rec@width=320');
  });
});

describe('knee', () => {
  test('lies where a levelling curve bends: at fixed cost = cost of the items', () => {
    expect(knee(levelling)?.batch).toBe(8);
  });

  test('a straight, a level, a short and an empty curve have none', () => {
    expect(knee(BATCHES.map((b) => point(b, 100 * b)))).toBeNull();
    expect(knee(BATCHES.map((b) => point(b, 100)))).toBeNull();
    // Bent, but over a gain that noise could make.
    expect(knee(BATCHES.map((b) => point(b, b < 4 ? 100 : 110)))).toBeNull();
    expect(knee(levelling.slice(0, 2))).toBeNull();
    expect(knee([])).toBeNull();
    expect(knee(BATCHES.map((b) => point(b, null)))).toBeNull();
  });

  test('what comes after the peak does not move it', () => {
    expect(knee([...levelling, point(128, 300)])?.batch).toBe(8);
  });
});

describe('best under a limit', () => {
  const points = [point(1, 100, { p99: 5e6 }), point(2, 180, { p99: 12e6 }), point(4, 150, { p99: 9e6 })];

  test('is the highest throughput within it', () => {
    expect(bestUnder(points, 10e6)?.point.batch).toBe(4);
    expect(bestUnder(points, 20e6)).toMatchObject({ percentile: 'p99', latencyNs: 12e6 });
    expect(bestUnder(points, 1e6)).toBeNull();
  });

  test('says which percentile it judged by', () => {
    expect(bestUnder([point(1, 100, { p95: 3e6 })], 4e6)?.percentile).toBe('p95');
    expect(bestUnder([point(1, 100)], 20e6)?.percentile).toBe('p50');
    expect(bestUnder([point(1, null), point(2, 5, { p50: null })], 20e6)).toBeNull();
  });
});

describe('overtaking', () => {
  const flat = BATCHES.map((b) => point(b, 400));

  test('is the batch from which on the intervals stay apart', () => {
    // 333 at 4 and 500 at 8.
    expect(overtakes(levelling, flat)).toBe(8);
    expect(overtakes(flat, levelling)).toBeNull();
    expect(overtakes(levelling, levelling)).toBeNull();
  });

  test('a lead lost later is no lead, and missing points are no evidence', () => {
    const lost = [...flat.slice(0, -1), point(64, 1e6)];
    expect(overtakes(levelling, lost)).toBeNull();
    expect(overtakes(levelling, [point(2, null), point(4, 1)])).toBe(4);
    expect(overtakes(levelling, [])).toBeNull();
  });
});

describe('regime', () => {
  const of = (times: object, counters = {}) => regime(caseResult({ times, counters }), HARDWARE);
  const GPU = { gpu: 1e6, wall: 1.1e6, encode: 1e4, readback: 1.2e6 };

  test('the longest part of a run names it', () => {
    expect(of({ gpu: 1e5, encode: 8e5, wall: 1e6, readback: 1.1e6 })).toBe('launch-bound');
    expect(of({ gpu: 1e5, encode: 1e5, wall: 1e6, readback: 1.1e6 })).toBe('sync-bound');
    expect(of({ gpu: 1e5, encode: 1e5, wall: 3e5, readback: 1.1e6 })).toBe('transfer-bound');
  });

  test('GPU work is told apart by the roof it is near', () => {
    expect(of(GPU, { flops: 8e9, bytes: 1e8 })).toBe('compute-bound');
    expect(of(GPU, { flops: 1e9, bytes: 8e8 })).toBe('memory-bound');
    expect(of(GPU, { flops: 3e9, bytes: 3e8 })).toBe('gpu-bound');
    expect(of(GPU)).toBe('gpu-bound');
  });

  test('encoding that the GPU hides behind its work limits nothing', () => {
    expect(of({ gpu: 8e6, encode: 9e6, wall: 10e6 })).toBe('gpu-bound');
  });

  test('no GPU time, no regime', () => {
    expect(of({ wall: 1e6 })).toBeNull();
    expect(timeShares(caseResult({ times: { wall: 1e6 } }))).toBeNull();
  });
});

describe('where time goes', () => {
  test('shares sum to 1', () => {
    const shares = timeShares(caseResult({ times: { gpu: 4e5, encode: 1e5, wall: 8e5, readback: 1e6 } }));
    expect(shares?.gpu).toBeCloseTo(0.4, 6);
    expect(shares?.encoding).toBeCloseTo(0.1, 6);
    expect(shares?.transfer).toBeCloseTo(0.2, 6);
    expect(shares?.idle).toBeCloseTo(0.3, 6);
  });

  test('encoding hidden behind the GPU is not counted twice', () => {
    const shares = timeShares(caseResult({ times: { gpu: 9e5, encode: 8e5, wall: 1e6 } }));
    expect(shares?.encoding).toBeCloseTo(0.1, 6);
    expect(shares?.transfer).toBe(0);
    expect(shares?.idle).toBeCloseTo(0, 6);
  });
});
