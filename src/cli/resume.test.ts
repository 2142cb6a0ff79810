import { expect, test } from 'vitest';
import type { RunSpec } from '../core/contract';
import { checkResume } from './resume';
import { PRESET, REGISTRY } from './testing/spec';

const LOCAL_SPEC: RunSpec = {
  ...PRESET,
  experiments: [{ ...PRESET.experiments[0]!, models: [{ from: 'url', url: 'local/tsconfig.json' }] }],
};

test('where Chrome is and what becomes of the result may change', () =>
  expect(() =>
    checkResume(
      PRESET,
      undefined,
      { resume: true, chrome: '/chrome', headed: true, format: ['csv'], json: true, pageUrl: 'x' } as object,
      REGISTRY,
    ),
  ).not.toThrow());

test.each([
  [{ batch: [1] }, undefined, /--batch/],
  [{ engine: ['wgsl'], timeLimit: 3 }, undefined, /--engine, --time-limit/],
  [{ out: 'x' }, undefined, /--out/],
  [{ model: 'classifier' }, undefined, /--model/],
  [{}, 'spec.json', /spec\.json/],
])('%j and %s would change what is measured', (flags, specFile, words) =>
  expect(() => checkResume(PRESET, specFile, { resume: true, ...flags } as object, REGISTRY)).toThrow(words),
);

test('a model of this machine is named again, and is the same file', () => {
  const check = (model?: string) => checkResume(LOCAL_SPEC, undefined, model ? { model } : {}, REGISTRY);
  expect(() => check()).toThrow(
    expect.objectContaining({ code: 'model-unavailable', next: 'Add --model PATH again.' }),
  );
  expect(() => check('package.json')).toThrow('the file tsconfig.json, not package.json');
  expect(() => check('nowhere/tsconfig.json')).toThrow(/neither a model/);
  expect(() => check('src/cli/tsconfig.json')).not.toThrow();
});
