import { describe, expect, test } from 'vitest';
import { LabError, type PlannedCase, workloadItems } from '../contract';
import { type CaseOptions, SOFTWARE } from '../metrics/testing';
import { batch } from './batch';
import { pretend, request, SPEC } from './testing';

const BLOCK = { hidden: 64, heads: 2, inner: 128, layers: 1, sequence: 32 };

describe('planning', () => {
  test('one group a batch, one case an engine, ids that can be read', () => {
    const cases = batch.cases(request({ batches: [8, 1, 8] }), SPEC);
    expect(cases.map((c) => c.id)).toEqual([
      'batch/ocr-cls/f32/b1/ort-webgpu',
      'batch/ocr-cls/f32/b1/ort-wasm',
      'batch/ocr-cls/f32/b8/ort-webgpu',
      'batch/ocr-cls/f32/b8/ort-wasm',
    ]);
    expect(new Set(cases.map((c) => c.group))).toEqual(
      new Set(['batch/ocr-cls/f32/b1', 'batch/ocr-cls/f32/b8']),
    );
    expect(cases[0]).toMatchObject({ load: 'closed-loop', workload: { id: 'ocr-cls', batch: 1 } });
  });

  test('the block runs on our kernels as a chain and fused, and nothing else does', () => {
    const models = [{ from: 'block' as const, block: BLOCK }];
    const cases = batch.cases(request({ models, engines: ['ort-webgpu', 'wgsl'], batches: [1] }), SPEC);
    expect(cases.map((c) => c.id.split('/').at(-1))).toEqual(['ort-webgpu', 'wgsl:unfused', 'wgsl:fused']);
    expect(cases[0]?.group).toBe('batch/block-h64-a2-i128-l1-s32/f32/b1');
    expect(batch.cases(request({ engines: ['wgsl'], batches: [1] }), SPEC)[0]?.options).toEqual({});
  });

  test('a request without models or batches is refused', () => {
    expect(() => batch.cases(request({ models: [] }), SPEC)).toThrow(LabError);
    expect(() => batch.cases(request({ batches: [] }), SPEC)).toThrow(LabError);
  });

  test('engines are compared with the first, fused with unfused', () => {
    const models = [{ from: 'block' as const, block: BLOCK }];
    const asked = request({ models, engines: ['ort-webgpu', 'wgsl'], batches: [1] });
    const { comparisons } = pretend(batch, asked, () => ({ times: { wall: 1e6 } }));
    const short = (id: string) => id.split('/').at(-1);
    expect(comparisons.map((c) => [short(c.baseline), short(c.candidate)])).toEqual([
      ['ort-webgpu', 'wgsl:unfused'],
      ['ort-webgpu', 'wgsl:fused'],
      ['wgsl:unfused', 'wgsl:fused'],
    ]);
  });
});

/** A GPU run costs 2 ms of encoding and 0.1 ms an item; WASM 0.5 ms an item. */
function measure({ engine, workload }: PlannedCase): CaseOptions {
  const n = workloadItems(workload);
  if (engine === 'ort-wasm') return { times: { wall: 0.5e6 * n }, n: 400 };
  const gpu = 0.1e6 * n;
  const encode = 2e6;
  const times = { gpu, encode, wall: encode + gpu, readback: encode + gpu + 1e4 };
  return { times, n: 400, counters: { dispatches: 123 } };
}

describe('findings of a sweep', () => {
  const { findings, cases } = pretend(
    batch,
    request({ batches: [1, 2, 4, 8, 16, 32, 64, 128, 256] }),
    measure,
  );
  const titled = (start: string) => findings.find((f) => f.title.startsWith(start));

  test('rest on cases that exist', () => {
    const ids = cases.map((c) => c.id);
    for (const { evidence } of findings) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const id of evidence) expect(ids).toContain(id);
    }
  });

  test('the best batch under the limit, with its tail', () => {
    // 256 items take 27.6 ms, within 100 ms: 9,280 items/s against 476 at batch 1.
    const best = titled('Best batch under 100 ms on ort-webgpu: 256');
    expect(best?.text).toMatch(/^9,280 items\/s at p99 27\.7 ms, 19\.5× \[19\.\d, 19\.\d\] batch 1\.$/);
  });

  test('what limits the small batches', () => {
    const regime = titled('Below 32 you wait for the CPU');
    expect(regime?.text).toContain('1–16 launch-bound, 32–256 GPU-bound');
    expect(regime?.text).toContain(
      'At batch 1 the GPU works 4.76 % of the time; encoding 123 dispatches takes 2.00 ms',
    );
  });

  test('where WebGPU overtakes WASM', () => {
    // 2.1 against 0.5 ms at 1, 2.4 against 2 ms at 4, 2.8 against 4 ms at 8.
    const crossover = titled('WebGPU overtakes WASM at batch 8');
    expect(crossover?.text).toContain('A single run is 1.43× [1.43, 1.43] as fast on ort-webgpu (faster).');
  });

  test('the knee and the gain on both sides of it', () => {
    expect(titled('The knee is at batch 16')?.text).toMatch(
      /by 1\.\d\d \[1\.\d\d, 1\.\d\d\] up to there, and by 1\.\d\d \[1\.\d\d, 1\.\d\d\] beyond/,
    );
  });

  test('the claim is judged part by part', () => {
    const claim = findings.find((f) => f.claim !== null);
    expect(claim?.verdict).toBe('not-confirmed');
    // Busy is 4.8, 9.1 and 16.7 %; 8–32 grows by (32/5.2)/(8/2.8) in two doublings.
    expect(claim?.text).toContain('works 9.09 % of the time');
    expect(claim?.text).toContain('over 8–32 doubling the batch multiplies throughput by 1.47 [1.45, 1.48]');
    expect(claim?.title).toBe('Batching gains 19.5×');
    expect(claim?.text).toMatch(/batch 256 gives 19\.5× \[19\.\d, 19\.\d\] the throughput of batch 1;/);
  });
});

describe('the claim', () => {
  const verdict = (
    encode: number,
    batches: number[],
    environment = undefined as typeof SOFTWARE | undefined,
  ) => {
    const timed = ({ workload }: PlannedCase): CaseOptions => {
      const gpu = 1e6 * (1 + workloadItems(workload) / 32);
      return { times: { gpu, encode, wall: gpu + encode } };
    };
    const { findings } = pretend(batch, request({ engines: ['ort-webgpu'], batches }), timed, environment);
    return findings.find((f) => f.claim !== null);
  };
  const ALL = [1, 2, 4, 8, 16, 32, 64, 128, 256];

  test('is confirmed when every part was measured and holds', () => {
    expect(verdict(2e6, ALL)?.verdict).toBe('confirmed');
  });

  test('is not confirmed by a part of it, and says what was not measured', () => {
    const short = verdict(2e6, [1, 2]);
    expect(short?.verdict).toBe('not-applicable');
    expect(short?.text).toContain('8–32 not measured; 64–256 not measured');
    expect(short?.text).toContain('the rest of the claim is open');
    expect(verdict(1e5, [1, 2])?.verdict).toBe('not-confirmed');
  });

  test('is not judged by a growth that is too uncertain', () => {
    const timed = ({ workload }: PlannedCase): CaseOptions => {
      const wall = 1e6 * (1 + workloadItems(workload) / 32);
      const windows = { saturatedNs: [5, 15, 8, 12].map((x) => x * wall) };
      return { times: { gpu: wall / 4, wall }, samples: windows };
    };
    const { findings } = pretend(batch, request({ engines: ['ort-webgpu'], batches: ALL }), timed);
    const claim = findings.find((f) => f.claim !== null);
    expect(claim?.verdict).toBe('not-applicable');
    expect(claim?.text).toContain('(claimed: near-linear; too uncertain to tell)');
  });

  test('is not confirmed when small batches keep the GPU busy', () => {
    expect(verdict(1e5, ALL)?.verdict).toBe('not-confirmed');
  });

  test('is not applicable on a software adapter, or when no such batch was run', () => {
    expect(verdict(2e6, ALL, SOFTWARE)?.verdict).toBe('not-applicable');
    expect(verdict(2e6, [512])?.verdict).toBe('not-applicable');
  });
});

describe('awkward sweeps', () => {
  test('memory stops a series: the largest that ran and why', () => {
    const reason = 'A buffer of 5 GB is more than the 4 GB this device allows.';
    const { findings } = pretend(batch, request({ engines: ['ort-webgpu'] }), (planned) =>
      workloadItems(planned.workload) > 16
        ? { outcome: { status: 'unsupported', reason } }
        : measure(planned),
    );
    const memory = findings.find((f) => f.title === 'Largest batch that ran on ort-webgpu: 16');
    expect(memory?.text).toBe(`Batch 32 did not: ${reason}`);
  });

  test('no batch under the limit', () => {
    const { findings } = pretend(batch, request({ batches: [1, 2], engines: ['ort-wasm'] }), () => ({
      times: { wall: 3e8 },
    }));
    expect(findings.map((f) => f.title)).toContain('No batch stays under 100 ms on ort-wasm');
    expect(findings.find((f) => f.title.startsWith('No'))?.text).toContain('(p99 needs 328 more samples)');
  });

  test('on a software adapter engines are not compared and nothing is said of limits', () => {
    const { findings, comparisons } = pretend(batch, request(), measure, SOFTWARE);
    expect(comparisons).toEqual([]);
    const titles = findings.map((f) => f.title).join('\n');
    expect(titles).not.toMatch(/overtake|knee|Below/);
    expect(titles).toContain('Best batch under 100 ms on ort-webgpu: 64');
    expect(titles).toContain('Best batch under 100 ms on ort-wasm: 1');
    expect(new Set(findings.map((f) => f.title)).size).toBe(findings.length);
    expect(findings.find((f) => f.title.includes('ort-webgpu'))?.text).toContain('says nothing of a GPU');
  });

  test('nothing ok, nothing said', () => {
    const { findings } = pretend(batch, request(), () => ({ outcome: { status: 'wrong', reason: 'x' } }));
    expect(findings).toEqual([]);
  });

  test('with two models each finding names its own', () => {
    const models = [
      { from: 'catalogue' as const, id: 'ocr-cls' },
      { from: 'block' as const, block: BLOCK },
    ];
    const { findings } = pretend(batch, request({ models }), measure);
    expect(findings.every((f) => / · (ocr-cls|block) f32$/.test(f.title))).toBe(true);
  });
});
