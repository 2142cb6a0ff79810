import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from './errors';
import { WARNING_CODES } from './result';

const src = new URL('../../', import.meta.url);

/** The sources of the whole project, tests left out. */
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => readFileSync(new URL(path, src), 'utf8'))
  .join('\n');

it('every error code is thrown or reported somewhere', () => {
  const thrown = (code: string) => new RegExp(`(LabError\\(\\s*|code: )'${code}'`).test(sources);
  expect(ERROR_CODES.filter((code) => !thrown(code))).toEqual([]);
});

it('every warning code is given somewhere', () => {
  const given = readFileSync(new URL('core/metrics/warnings.ts', src), 'utf8');
  expect(WARNING_CODES.filter((code) => !given.includes(`'${code}'`))).toEqual([]);
});
