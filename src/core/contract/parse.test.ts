import { describe, expect, it } from 'vitest';
import { LabError } from './errors';
import { goldenV1 } from './golden';
import { parseResult, parseSpec } from './parse';
import { RESULT_VERSION } from './result';
import { SPEC_VERSION } from './spec';

const golden = goldenV1();

function errorOf(run: () => unknown): LabError {
  try {
    run();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('expected a LabError');
}

/** A copy of the golden file without the field at `path`. */
function without(...path: (string | number)[]): unknown {
  const result = goldenV1();
  let at = result as unknown as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as typeof at;
  delete at[path.at(-1)!];
  return result;
}

describe('the golden result', () => {
  it('is valid and nothing of it is lost in reading', () => {
    expect(parseResult(golden)).toEqual(golden);
  });

  it('holds a spec that is valid by itself', () => {
    expect(parseSpec(golden.spec)).toEqual(golden.spec);
  });

  it('has a case of every outcome, and times only where the output was right', () => {
    const seen = new Set(golden.cases.map((one) => one.outcome.status));
    expect([...seen].sort()).toEqual(['failed', 'interrupted', 'ok', 'unsupported', 'wrong']);
    for (const one of golden.cases) {
      const ok = one.outcome.status === 'ok';
      expect(Object.keys(one.metrics).length > 0).toBe(ok);
      expect(one.samples.wallNs.length > 0).toBe(ok);
    }
  });

  it('compares no times, its adapter being software', () => {
    expect(golden.environment.adapter?.software).toBe(true);
    expect(golden.comparisons).toEqual([]);
  });
});

describe('parseResult', () => {
  it('tells a newer version from a broken file', () => {
    const error = errorOf(() => parseResult({ ...golden, version: RESULT_VERSION + 1 }));
    expect(error.code).toBe('newer-version');
    expect(error.message).toContain(String(RESULT_VERSION + 1));
    expect(error.next).not.toBe('');
  });

  it.each([
    [['startedAt'], 'startedAt'],
    [['spec', 'sampling', 'minSamples'], 'spec.sampling.minSamples'],
    [['environment', 'timer', 'quantumNs'], 'environment.timer.quantumNs'],
    [['cases', 0, 'workload', 'batch'], 'cases.0.workload.batch'],
    [['cases', 1, 'metrics', 'wall.median', 'n'], 'cases.1.metrics.wall.median.n'],
    [['cases', 2, 'outcome', 'status'], 'cases.2.outcome.status'],
    [['findings', 0, 'evidence'], 'findings.0.evidence'],
  ])('names the path of what is missing: %j', (path, dotted) => {
    const error = errorOf(() => parseResult(without(...path)));
    expect(error.code).toBe('bad-result');
    expect(error.message).toContain(dotted);
  });

  it.each([
    ['nothing', null],
    ['text', 'rooflab.result'],
    ['an empty object', {}],
    ['another schema', { ...golden, schema: 'rooflab.spec' }],
    ['a version as text', { ...golden, version: '1' }],
    ['version 0', { ...golden, version: 0 }],
    ['a time that is not a number', { ...golden, durationS: Number.NaN }],
  ])('refuses %s', (_, value) => {
    expect(errorOf(() => parseResult(value)).code).toBe('bad-result');
  });

  it('drops fields it does not know, so that later minor additions still open', () => {
    expect(parseResult({ ...golden, addedLater: 1 })).toEqual(golden);
  });
});

describe('parseSpec', () => {
  it('tells a newer version from a broken spec', () => {
    expect(errorOf(() => parseSpec({ ...golden.spec, version: SPEC_VERSION + 1 })).code).toBe(
      'newer-version',
    );
    const error = errorOf(() => parseSpec({ ...golden.spec, seed: -1 }));
    expect(error.code).toBe('bad-spec');
    expect(error.message).toContain('seed');
  });

  it.each([
    ['no experiment', { experiments: [] }],
    ['a seed over 32 bits', { seed: 2 ** 32 }],
    ['a limit of zero', { latencyLimitMs: 0 }],
    ['an unknown adapter', { adapter: 'fast' }],
  ])('refuses %s', (_, change) => {
    expect(errorOf(() => parseSpec({ ...golden.spec, ...change })).code).toBe('bad-spec');
  });
});
