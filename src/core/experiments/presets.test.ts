import { describe, expect, test } from 'vitest';
import { LabError, parseSpec } from '../contract';
import { EXPERIMENTS, experimentById, PRESETS, shrinkForSoftware } from '.';

const casesOf = (spec: (typeof PRESETS)[number]['spec']) =>
  spec.experiments.flatMap((asked) => experimentById(asked.id).cases(asked, spec));

test('experiments have ids of their own, and an unknown one is refused', () => {
  expect(new Set(EXPERIMENTS.map((e) => e.id)).size).toBe(EXPERIMENTS.length);
  expect(() => experimentById('nonsense')).toThrow(LabError);
});

describe.each(PRESETS)('preset $id', ({ spec }) => {
  test('is a valid spec whose cases have ids of their own', () => {
    expect(parseSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    const ids = casesOf(spec).map((c) => c.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(casesOf(spec).map((c) => c.id)).toEqual(ids);
  });

  test('shrinks to a valid spec that is small', () => {
    const { spec: small, notice } = shrinkForSoftware(spec);
    expect(parseSpec(JSON.parse(JSON.stringify(small)))).toEqual(small);
    expect(notice).toMatch(/software/);
    for (const { workload } of casesOf(small as typeof spec)) {
      if (workload.kind === 'kernel') expect(Math.max(...workload.shape)).toBeLessThanOrEqual(128);
      else expect(workload.batch).toBeLessThanOrEqual(4);
    }
  });
});

test('of batches that are all too large for a software adapter, the smallest is left', () => {
  const [request] = PRESETS[0].spec.experiments;
  const shrunk = (batches: number[]) =>
    shrinkForSoftware({ ...PRESETS[0].spec, experiments: [{ ...request, batches }] }).spec.experiments[0]
      ?.batches;
  expect(shrunk([64, 8])).toEqual([8]);
  expect(shrunk([1, 8])).toEqual([1]);
});
