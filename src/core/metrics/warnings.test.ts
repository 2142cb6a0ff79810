import { expect, test } from 'vitest';
import type { Environment, Samples, SamplingRecord } from '../contract';
import { caseWarnings } from '.';
import { caseResult, HARDWARE, SOFTWARE } from './testing';

const calm = caseResult({ times: { gpu: 1e6, wall: 2e6 }, n: 60 });
const codes = (
  samples: Partial<Samples>,
  sampling: Partial<SamplingRecord> = {},
  environment: Environment = HARDWARE,
) =>
  caseWarnings(
    {
      samples: { ...calm.samples, ...samples },
      sampling: { ...calm.sampling, ...sampling },
      counters: calm.counters,
    },
    environment,
  ).map((w) => w.code);
const column = (f: (i: number) => number) => Array.from({ length: 60 }, (_, i) => f(i));

test('a calm case has none, nor has one without samples', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ gpuNs: [], wallNs: [], clock: [] })).toEqual([]);
});

test.each<[string, Partial<Samples>, Partial<SamplingRecord>, Environment]>([
  ['software-adapter', {}, {}, SOFTWARE],
  ['timer-coarse', {}, {}, { ...HARDWARE, timer: { ...HARDWARE.timer, quantumNs: 65_536_000 } }],
  ['not-converged', {}, { warmupConverged: false }, HARDWARE],
  ['time-cap', {}, { stopped: 'time-cap' }, HARDWARE],
  ['time-cap', {}, { stopped: 'sample-cap' }, HARDWARE],
  ['clock-fell', { clock: column((i) => (i < 40 ? 1 : 0.34)) }, {}, HARDWARE],
  ['drift', { wallNs: column((i) => 2e6 + 5e3 * i) }, {}, HARDWARE],
  ['outliers', { wallNs: column((i) => (i % 6 ? 2e6 + (i % 5) * 1e3 : 9e6)) }, {}, HARDWARE],
  ['gpu-exceeds-wall', { gpuNs: column(() => 2.5e6) }, {}, HARDWARE],
  ['hidden-tab', {}, { discarded: 3 }, HARDWARE],
  ['negative-delta', {}, { negativePasses: 1 }, HARDWARE],
  [
    'not-isolated',
    {},
    {},
    { ...HARDWARE, crossOriginIsolated: false, timer: { ...HARDWARE.timer, wallStepNs: 1e5 } },
  ],
])('%s', (code, samples, sampling, environment) => {
  expect(codes(samples, sampling, environment)).toEqual([code]);
});

test('every warning says what to do next', () => {
  const unsettled = { ...calm, sampling: { ...calm.sampling, warmupConverged: false } };
  const [warning] = caseWarnings(unsettled, HARDWARE);
  expect(warning?.message).toContain('9 runs');
  expect(warning?.next).toMatch(/\.$/);
});

test('nodes that the runtime left on the CPU are told', () => {
  const counters = { ...calm.counters, nodes: 193, cpuNodes: 18, cpuOperators: ['Clip'] };
  expect(caseWarnings({ ...calm, counters }, HARDWARE)).toMatchObject([
    { code: 'cpu-fallback', message: '18 of 193 nodes ran on the CPU: Clip.' },
  ]);
});

test('WASM beside a software adapter is not marked by it', () => {
  expect(codes({ gpuNs: column(() => 0).map(() => null) }, {}, SOFTWARE)).toEqual([]);
});
