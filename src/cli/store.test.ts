import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStore, resumeStore } from './store';
import { caseResult } from './testing/case';
import { ENVIRONMENT } from './testing/environment';
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
  store.setEnvironment(ENVIRONMENT);
  store.addCase(ok);
  store.addCase(interrupted);
  appendFileSync(join(store.folder, 'cases.jsonl'), '{"id":"c","exp');
  const resumed = resumeStore();
  expect(resumed.store.folder).toBe('results/one');
  expect(resumed.spec).toEqual(PRESET);
  expect(resumed.cases).toEqual([ok]);
  expect(resumed.environment).toEqual(ENVIRONMENT);
});

test('of a case that was measured again, the last measurement counts', () => {
  const store = createStore(PRESET, 'results/one');
  store.setEnvironment(ENVIRONMENT);
  store.addCase(ok);
  store.addCase(caseResult('b', { status: 'ok' }));
  store.addCase(caseResult('a', { status: 'interrupted', reason: 'cancelled' }));
  expect(resumeStore().cases.map(({ id }) => id)).toEqual(['b']);
});

test('cases without a word on where they were measured are refused', () => {
  createStore(PRESET, 'results/one').addCase(ok);
  expect(() => resumeStore()).toThrow(expect.objectContaining({ code: 'bad-result' }));
});

test('a result that was cut off is an unfinished run; a spec that was is said', () => {
  const store = createStore(PRESET, 'results/one');
  writeFileSync('results/one/result.json', '{"schema":"rooflab.result","ca');
  expect(resumeStore().store.folder).toBe('results/one');
  writeFileSync('results/one/result.json', 'null');
  expect(resumeStore().store.folder).toBe('results/one');
  writeFileSync('results/one/spec.json', '{"schema"');
  expect(() => resumeStore()).toThrow(/results\/one\/spec\.json is not JSON/);
  expect(store.write('result.json', '{}')).toBe('results/one/result.json');
  expect(readdirSync('results/one').filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a case written after a torn line is read', () => {
  const store = createStore(PRESET, 'results/one');
  store.setEnvironment(ENVIRONMENT);
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
