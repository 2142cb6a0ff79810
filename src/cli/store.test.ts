import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStore, resumeStore } from './store';
import { caseResult } from './testing/case';
import { PRESET } from './testing/spec';

let folder: string;
const before = process.cwd();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooflab-store-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const ok = caseResult('a', { status: 'ok' });
const interrupted = caseResult('b', { status: 'interrupted', reason: 'cancelled' });

test('each case is on disk as soon as it is added', () => {
  const store = createStore(PRESET);
  expect(store.folder).toMatch(/^results\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/);
  store.addCase(ok);
  expect(JSON.parse(readFileSync(join(store.folder, 'cases.jsonl'), 'utf8'))).toEqual(ok);
});

test('a run is gone on with: finished cases are kept, interrupted ones and a torn line are not', () => {
  const store = createStore(PRESET, 'results/one');
  store.addCase(ok);
  store.addCase(interrupted);
  appendFileSync(join(store.folder, 'cases.jsonl'), '{"id":"c","exp');
  const resumed = resumeStore();
  expect(resumed.store.folder).toBe('results/one');
  expect(resumed.spec).toEqual(PRESET);
  expect(resumed.cases).toEqual([ok]);
});

test('a case written after a torn line is read', () => {
  const store = createStore(PRESET, 'results/one');
  appendFileSync(join(store.folder, 'cases.jsonl'), '{"id":"c","exp');
  resumeStore().store.addCase(ok);
  expect(resumeStore().cases).toEqual([ok]);
});

test('the newest unfinished run is found; finished ones are passed over', () => {
  createStore(PRESET, 'results/2026-01-01').write('result.json', JSON.stringify({ cases: [interrupted] }));
  createStore(PRESET, 'results/2026-01-02').write('result.json', JSON.stringify({ cases: [ok] }));
  expect(resumeStore().store.folder).toBe('results/2026-01-01');
  expect(resumeStore('results/2026-01-02').store.folder).toBe('results/2026-01-02');
});

test('nothing to go on with is said', () => {
  expect(() => resumeStore()).toThrow(/no unfinished run/);
  expect(() => resumeStore('nowhere')).toThrow(/holds no spec.json/);
});
