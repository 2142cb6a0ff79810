import * as v from 'valibot';
import { LabError } from './errors';
import { RESULT_VERSION, type RunResult, RunResultSchema } from './result';
import { type RunSpec, RunSpecSchema, SPEC_VERSION } from './spec';

const NEWER = 'Open it with a newer Rooflab.';

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
}

function listIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => `${v.getDotPath(issue) ?? '(root)'}: ${issue.message}`)
    .join('; ');
}

/** @throws LabError `bad-result` or `newer-version`. */
export function parseResult(value: unknown): RunResult {
  const version = versionOf(value);
  if (typeof version === 'number' && version > RESULT_VERSION) {
    throw new LabError('newer-version', `This result has format version ${version}.`, NEWER);
  }
  const parsed = v.safeParse(RunResultSchema, value);
  if (!parsed.success) {
    throw new LabError(
      'bad-result',
      `Not a Rooflab result: ${listIssues(parsed.issues)}`,
      'Check that the file was written by `rooflab run` or exported from the page, and is complete.',
    );
  }
  return parsed.output;
}

/** @throws LabError `bad-spec` or `newer-version`. */
export function parseSpec(value: unknown): RunSpec {
  const version = versionOf(value);
  if (typeof version === 'number' && version > SPEC_VERSION) {
    throw new LabError('newer-version', `This spec has format version ${version}.`, NEWER);
  }
  const parsed = v.safeParse(RunSpecSchema, value);
  if (!parsed.success) {
    throw new LabError(
      'bad-spec',
      `Not a Rooflab spec: ${listIssues(parsed.issues)}`,
      'See docs/result-format.md for the fields of a spec.',
    );
  }
  return parsed.output;
}
