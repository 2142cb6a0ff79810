import { describe, expect, test } from 'vitest';
import { LabError, type PlannedCase } from '../contract';
import { kernelById } from '../kernels';
import { type CaseOptions, SOFTWARE } from '../metrics/testing';
import { fusion } from './fusion';
import { pretend, request, SPEC } from './testing';

const asked = (...kernels: [string, ...number[]][]) =>
  request({
    id: 'fusion',
    models: [],
    batches: [],
    engines: ['ort-webgpu', 'wgsl'],
    kernels: kernels.map(([id, ...shape]) => ({ id, shape })),
  });
const ADD: [string, ...number[]] = ['add-layernorm', 1024, 512];

describe('planning', () => {
  test('a case for every variant, and one for another engine', () => {
    const cases = fusion.cases(asked(ADD), SPEC);
    expect(cases.map((c) => c.id)).toEqual([
      'fusion/add-layernorm/1024x512/f32/ort-webgpu',
      'fusion/add-layernorm/1024x512/f32/wgsl:unfused',
      'fusion/add-layernorm/1024x512/f32/wgsl:fused',
    ]);
    expect(new Set(cases.map((c) => c.group)).size).toBe(1);
  });

  test('unknown kernels, wrong shapes and empty requests are refused', () => {
    expect(() => fusion.cases(asked(['nonsense', 4]), SPEC)).toThrow(/no kernel "nonsense"/);
    expect(() => fusion.cases(asked(['transpose', 4]), SPEC)).toThrow(/takes 2 sizes, not 1/);
    expect(() => fusion.cases(asked(), SPEC)).toThrow(LabError);
  });
});

/** µs of GPU time by engine and variant. */
const taking =
  (times: Record<string, number>) =>
  ({ engine, options }: PlannedCase): CaseOptions => {
    const name = String(options.variant ?? engine);
    const gpu = times[name]! * 1e3;
    return {
      times: { gpu, wall: gpu + 1e5 },
      counters: { dispatches: name === 'unfused' ? 2 : 1 },
    };
  };

describe('findings', () => {
  test('the gain with its interval, what is saved, and the claim', () => {
    const times = taking({ unfused: 140, fused: 100, 'ort-webgpu': 250 });
    const { findings, cases } = pretend(fusion, asked(ADD), times);
    const [finding] = findings;
    expect(findings).toHaveLength(1);
    expect(finding?.title).toBe(`${kernelById('add-layernorm').title}: fused 1.40× as fast as unfused`);
    expect(finding?.verdict).toBe('confirmed');
    expect(finding?.text).toContain(
      'fused is 1.40× [1.40, 1.40] as fast as unfused (faster): 100 µs against 140 µs',
    );
    expect(finding?.text).toContain('fused is 2.50× [2.50, 2.50] as fast as ort-webgpu');
    // Five streams of 1024 × 512 × 4 bytes become four.
    expect(finding?.text).toContain('1 dispatch instead of 2');
    expect(finding?.text).toContain('8.39 MB moved instead of 10.5 MB');
    expect(new Set(finding?.evidence)).toEqual(new Set(cases.map((c) => c.id)));
  });

  test('a gain below what is claimed does not confirm it', () => {
    const { findings } = pretend(fusion, asked(ADD), taking({ unfused: 110, fused: 100, 'ort-webgpu': 90 }));
    expect(findings[0]?.verdict).toBe('not-confirmed');
    expect(findings[0]?.text).toContain('as fast as ort-webgpu (slower)');
  });

  test('without a claim there is no verdict', () => {
    const times = taking({ naive: 200, tiled: 100, 'ort-webgpu': 250 });
    const { findings } = pretend(fusion, asked(['transpose', 64, 64]), times);
    expect(findings[0]).toMatchObject({ claim: null, verdict: null });
    expect(findings[0]?.title).toContain('tiled 2.00× as fast as naive');
  });

  test('against another engine over several kernels: the geometric mean', () => {
    const times = taking({ naive: 1, tiled: 100, unfused: 1, fused: 25, 'ort-webgpu': 100 });
    const { findings } = pretend(fusion, asked(ADD, ['transpose', 64, 64]), times);
    const overall = findings.find((f) => f.title.startsWith('Our kernels'));
    expect(overall?.title).toBe('Our kernels: 2.00× as fast as ort-webgpu');
    expect(overall?.text).toContain('over 2 comparisons: 2.00× [2.00, 2.00]; the least is 1.00×');
  });

  test('a wrong kernel has no ratio, and the reason is told', () => {
    const times = taking({ unfused: 140, fused: 100, 'ort-webgpu': 250 });
    const { findings } = pretend(fusion, asked(ADD), (planned) => ({
      ...times(planned),
      ...(planned.options.variant === 'fused' && { outcome: { status: 'wrong', reason: 'Off by 3.' } }),
    }));
    expect(findings[0]?.title).toContain('not compared');
    expect(findings[0]?.verdict).toBe('not-applicable');
    expect(findings[0]?.text).toContain('fused is wrong: Off by 3.');
    expect(findings[0]?.text).not.toMatch(/as fast/);
  });

  test('on a software adapter only what is counted is told', () => {
    const times = taking({ unfused: 140, fused: 100, 'ort-webgpu': 250 });
    const { findings } = pretend(fusion, asked(ADD), times, SOFTWARE);
    expect(findings[0]?.verdict).toBe('not-applicable');
    expect(findings[0]?.text).toContain('software adapter are not compared');
    expect(findings[0]?.text).toContain('moved instead of');
    expect(findings[0]?.text).not.toMatch(/µs|as fast/);
  });

  test('wall time serves where an engine has no GPU time', () => {
    const { comparisons } = pretend(fusion, asked(ADD), ({ engine }) => ({
      times: engine === 'wgsl' ? { gpu: 1e5, wall: 2e5 } : { wall: 4e5 },
    }));
    expect(comparisons.map((c) => c.clock)).toEqual(['gpuNs', 'wallNs']);
  });
});
