import { expect, test, vi } from 'vitest';
import {
  type Environment,
  LabError,
  type RunEvent,
  type RunnerOptions,
  type RunResult,
} from '../core/contract';
import { measure } from './measure';
import type { Session } from './session';
import { caseResult } from './testing/case';
import { PRESET } from './testing/spec';

const a = caseResult('a', { status: 'ok' });
const b = caseResult('b', { status: 'ok' });
const result = { id: 'the result' } as RunResult;
const crash = new LabError('browser-crashed', 'The browser crashed.', '');

type Script = (options: RunnerOptions, emit: (event: RunEvent) => void) => void;

function session(script: Script): Session {
  return {
    environment: {} as Environment,
    presetSpec: async () => PRESET,
    run: async (_, options, emit) => script(options, emit),
    cancel: async () => {},
    close: async () => {},
  };
}

const run = (first: Script, next: Script = first) => {
  const reopen = vi.fn(async () => session(next));
  const notes: string[] = [];
  const done = measure(session(first), PRESET, {
    resume: [a],
    shrink: true,
    reopen,
    onEvent() {},
    note: (text) => notes.push(text),
  });
  return { done, reopen, notes };
};

test('gives the result of the page, which is told what was done before', async () => {
  const { done, reopen } = run((options, emit) => {
    expect(options).toEqual({ resume: [a], crashed: [], shrink: true });
    emit({ type: 'finished', result });
  });
  expect(await done).toBe(result);
  expect(reopen).not.toHaveBeenCalled();
});

test('after a crash a new browser goes on: without what is done, and without what was in flight', async () => {
  const { done, notes } = run(
    (_, emit) => {
      emit({ type: 'stage', caseIds: ['b', 'c'], stage: 'sample' });
      emit({ type: 'case', result: b });
      throw crash;
    },
    (options, emit) => {
      expect(options.resume).toEqual([a, b]);
      expect(options.crashed).toEqual(['c']);
      emit({ type: 'finished', result });
    },
  );
  expect(await done).toBe(result);
  expect(notes).toEqual(['The browser crashed in c; going on with a new one.']);
});

test('gives up at the fourth crash', async () => {
  const { done, reopen } = run(() => {
    throw crash;
  });
  await expect(done).rejects.toBe(crash);
  expect(reopen).toHaveBeenCalledTimes(3);
});

test('what the page reports is thrown, with no new browser', async () => {
  const error = { code: 'bad-spec', message: 'no cases', next: 'name one' } as const;
  const { done, reopen } = run((_, emit) => emit({ type: 'error', error }));
  await expect(done).rejects.toMatchObject(error);
  expect(reopen).not.toHaveBeenCalled();
});
