import { expect, test } from 'vitest';
import { differences } from './comparable';
import { ENVIRONMENT, ON_CPU } from './testing/environment';

test('another run on the same machine is comparable: calibrations differ from run to run', () => {
  const engines = Object.fromEntries(Object.entries(ENVIRONMENT.engines).reverse());
  const timer = { ...ENVIRONMENT.timer, emptyPassNs: 2100 };
  expect(differences(ENVIRONMENT, { ...ENVIRONMENT, timer, engines, cores: 8 })).toEqual([]);
});

test.each([
  ['adapter', ON_CPU, 'adapter was nvidia hopper, is google swiftshader'],
  ['no adapter', { ...ENVIRONMENT, adapter: null }, 'adapter was nvidia hopper, is none'],
  ['browser', { ...ENVIRONMENT, browser: 'Chrome 157.0' }, 'browser was Chrome 156.0, is Chrome 157.0'],
  ['system', { ...ENVIRONMENT, os: 'Windows' }, 'system was Linux, is Windows'],
  ['Rooflab', { ...ENVIRONMENT, rooflab: '0.2.0' }, 'Rooflab was 0.1.0, is 0.2.0'],
  [
    'engines',
    { ...ENVIRONMENT, engines: { wgsl: ENVIRONMENT.engines.wgsl! } },
    'engines was ort-wasm 1.30.0 simd, wgsl 0.1.0 native, is wgsl 0.1.0 native',
  ],
])('another %s is not', (_, now, words) => expect(differences(ENVIRONMENT, now)).toEqual([words]));
