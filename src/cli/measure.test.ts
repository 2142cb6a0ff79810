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
import { ENVIRONMENT, ON_CPU } from './testing/environment';
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
    cancel: vi.fn(async () => {}),
    close: async () => {},
  };
}

const run = (first: Script, next: Script = first) => {
  const reopen = vi.fn(async () => session(next));
  const notes: string[] = [];
  const events: RunEvent[] = [];
  const done = measure(session(first), PRESET, {
    resume: [a],
    environment: ENVIRONMENT,
    shrink: true,
    reopen,
    onEvent: (event) => events.push(event),
    note: (text) => notes.push(text),
  });
  return { done, reopen, notes, events };
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

/** Says where it runs, and measures one case. */
const measureOn =
  (environment: Environment): Script =>
  (_, emit) => {
    emit({ type: 'environment', environment });
    emit({ type: 'case', result: b });
    emit({ type: 'finished', result });
  };

test('cases of another environment are not put beside those that were kept', async () => {
  const { done, events } = run(measureOn(ON_CPU));
  await expect(done).rejects.toMatchObject({
    code: 'bad-spec',
    message: expect.stringMatching(/swiftshader/),
  });
  expect(events).toEqual([]);
  expect(await run(measureOn({ ...ENVIRONMENT, cores: 4 })).done).toBe(result);
});

test('a browser that comes back on another adapter ends the run', async () => {
  const { done, events } = run((_, emit) => {
    emit({ type: 'environment', environment: ENVIRONMENT });
    throw crash;
  }, measureOn(ON_CPU));
  await expect(done).rejects.toMatchObject({
    code: 'browser-crashed',
    message: expect.stringMatching(/The cases done are kept/),
  });
  expect(events.map(({ type }) => type)).toEqual(['environment']);
});
