import { expect, test } from 'vitest';
import type { Outcome, RunResult } from '../core/contract';
import { exitCodeOfError, exitCodeOfResult } from './exit';
import { caseResult } from './testing/case';

const ok: Outcome = { status: 'ok' };
const unsupported: Outcome = { status: 'unsupported', reason: '' };
const adapter = {} as RunResult['environment']['adapter'];
const codeOf = (outcomes: readonly Outcome[], found = adapter) =>
  exitCodeOfResult({
    cases: outcomes.map((outcome, i) => caseResult(`${i}`, outcome)),
    environment: { adapter: found },
  } as RunResult);

test.each<[Outcome, number]>([
  [ok, 0],
  [unsupported, 0],
  [{ status: 'wrong', reason: '' }, 1],
  [{ status: 'failed', reason: '', code: 'internal' }, 1],
  [{ status: 'interrupted', reason: 'cancelled' }, 1],
  [{ status: 'interrupted', reason: 'the time limit of 60 s was reached' }, 0],
])('a run with one case %o beside a good one exits with %i', (outcome, code) =>
  expect(codeOf([ok, outcome])).toBe(code),
);

test('without an adapter a run counts only if something else was measured', () => {
  expect(codeOf([ok, unsupported], null)).toBe(0);
  expect(codeOf([unsupported], null)).toBe(3);
});

test('problems have the exit code of their kind', () => {
  expect(exitCodeOfError('bad-model')).toBe(2);
  expect(exitCodeOfError('browser-missing')).toBe(3);
  expect(exitCodeOfError('browser-crashed')).toBe(1);
});
