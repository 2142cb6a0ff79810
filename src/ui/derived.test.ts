import { describe, expect, it } from 'vitest';
import { parseResult, type Registry } from '../core';
import { answerOf } from './answers';
import { fakeResult, withTrouble } from './dev/fake-result';
import { findingsUnder } from './findings';
import { kernelGroups } from './kernel-groups';
import { findingsOf, sweepsOf } from './sweeps';

const result = fakeResult();
const kernels: Registry['kernels'] = [
  { id: 'transpose', title: 'Transposition', dims: ['rows', 'cols'], variants: ['naive', 'tiled'] },
];

it('the made-up results are results', () => {
  expect(parseResult(JSON.parse(JSON.stringify(withTrouble(result))))).toBeTruthy();
});

describe('sweeps', () => {
  it('are one a model, with the batches asked for and not yet measured', () => {
    const half = { ...result, cases: result.cases.slice(0, 4) };
    const [sweep, ...others] = sweepsOf(half);
    expect(others).toEqual([]);
    expect(sweep?.batches).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(sweep?.series.map(({ label, points }) => [label, points.length])).toEqual([
      ['ort-webgpu', 2],
      ['ort-wasm', 1],
      ['wgsl', 1],
    ]);
  });

  it('keep to their own findings', () => {
    const [sweep] = sweepsOf(result);
    const finding = { experiment: 'batch', title: '', text: '', claim: null, verdict: null };
    const own = { ...finding, evidence: [sweep!.cases[0]!.id] };
    const other = { ...finding, evidence: ['batch/elsewhere'] };
    expect(findingsOf([own, other], sweep!)).toEqual([own]);
  });
});

describe('findings under a moved limit', () => {
  const best = (limitMs: number) =>
    findingsUnder('batch', result, limitMs).find(({ title }) => title.includes('under'))?.title;
  it('are the result’s own at its own limit', () => {
    const own = result.findings.filter((finding) => finding.experiment === 'batch');
    expect(findingsUnder('batch', result, result.spec.latencyLimitMs)).toEqual(own);
    expect(findingsUnder('batch', result, null)).toEqual(own);
  });
  it('are drawn anew elsewhere', () => expect(best(1)).not.toBe(best(10)));
});

describe('kernels', () => {
  const groups = kernelGroups(result.cases, result.comparisons, kernels);
  it('stand as shares of the ceiling, baselines pale', () => {
    const [transpose] = groups;
    expect(transpose).toMatchObject({
      title: 'Transposition',
      shape: '8192×8192',
      ceiling: true,
      missing: null,
    });
    expect(transpose?.bars.map(({ label, pale }) => [label, pale])).toEqual([
      ['wgsl naive', true],
      ['wgsl tiled', false],
      ['ort-webgpu', false],
    ]);
    for (const { share } of transpose?.bars ?? []) expect(share).toBeGreaterThan(0);
    expect(transpose?.ratios.map(({ verdict }) => verdict)).toEqual(['faster', 'faster']);
  });

  it('say why there is no bar', () => {
    const cases = result.cases.map((c) => ({
      ...c,
      outcome: { status: 'unsupported' as const, reason: 'no shader-f16' },
      metrics: {},
    }));
    expect(kernelGroups(cases, [], kernels)[0]?.missing).toBe('unsupported: no shader-f16');
  });

  it('are never compared on two clocks', () => {
    const cases = result.cases.map((c) =>
      c.engine === 'ort-webgpu' ? { ...c, metrics: { 'wall.median': c.metrics['wall.median']! } } : c,
    );
    const [transpose] = kernelGroups(cases, [], kernels);
    expect(transpose?.ceiling).toBe(false);
    expect(transpose?.bars.map(({ text }) => text)).toEqual(['770 µs', '307 µs', '600 µs']);
  });
});

describe('answer', () => {
  const findings = (...verdicts: ('confirmed' | 'not-confirmed' | 'not-applicable' | null)[]) =>
    verdicts.map((verdict) => ({ experiment: '', title: '', text: '', claim: null, verdict, evidence: [] }));
  it.each([
    [[], { kind: 'none' }],
    [[null], { kind: 'none' }],
    [['not-applicable', 'not-applicable'] as const, { kind: 'one', verdict: 'not-applicable' }],
    [['not-applicable', 'confirmed'] as const, { kind: 'one', verdict: 'confirmed' }],
    [
      ['confirmed', 'not-confirmed', 'not-applicable', null] as const,
      { kind: 'several', confirmed: 1, of: 2 },
    ],
  ])('of %j', (verdicts, answer) => expect(answerOf(findings(...verdicts))).toEqual(answer));
});
