/** What a kernel that is wrong gets: no time, anywhere. Real shaders are broken on purpose, on a real device. */
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { runGroup } from './bench/group';
import { DEFAULT_SAMPLING, type PlannedCase } from './contract';
import type { EngineContext } from './engines/engine';
import { reference } from './engines/reference';
import { wgsl } from './engines/wgsl';
import { openGpu } from './gpu/device';
import { kernelById } from './kernels';
import { computeMetrics } from './metrics';
import { HARDWARE } from './metrics/testing';

const opened = await openGpu('any');
if ('missing' in opened) throw new Error(opened.missing);
const gpu = opened;
afterAll(() => gpu.device.destroy());
afterEach(() => void vi.restoreAllMocks());

const context: EngineContext = {
  gpu,
  seed: 1,
  baseUrl: '/',
  model: () => Promise.reject(new Error('no models here')),
};

const planned = (id: string, shape: readonly number[], variant: string): PlannedCase => ({
  id: `${id}/${variant}`,
  group: id,
  experiment: 'fusion',
  workload: { kind: 'kernel', id, shape: [...shape], dtype: 'f32' },
  engine: 'wgsl',
  load: 'closed-loop',
  options: { variant },
});

/** Puts `wrong` for `right` in the WGSL of one variant, until the test ends. */
function breakKernel(id: string, variantId: string, right: string, wrong: string) {
  const variant = kernelById(id).variants.find((v) => v.id === variantId)!;
  const { program } = variant;
  vi.spyOn(variant, 'program').mockImplementation((problem, limits) => {
    const made = program(problem, limits);
    const stages = made.stages.map((s) => ({ ...s, code: s.code.replace(right, wrong) }));
    expect(stages.map((s) => s.code)).not.toEqual(made.stages.map((s) => s.code));
    return { ...made, stages };
  });
}

const measure = (cases: readonly PlannedCase[]) =>
  runGroup(
    cases,
    {
      context,
      engine: () => wgsl,
      reference: (c) => reference(c.workload, context),
      sampling: { ...DEFAULT_SAMPLING, minSamples: 5, minSeconds: 0, maxSeconds: 0.2, maxWarmupSeconds: 0.2 },
      passNs: [0, 1],
      skip: () => null,
    },
    {
      now: () => performance.now(),
      hidden: () => false,
      interruption: () => null,
      stage: () => undefined,
      progress: () => undefined,
      witness: async () => null,
      breathe: async () => undefined,
    },
  );

it.each([
  ['an index that is off by one', 'transpose', [33, 65], 'naive', 'y[i] =', 'y[i ^ 1u] ='],
  ['a sum that misses its first term', 'matmul', [9, 17, 33], 'naive', 'k = 0u', 'k = 1u'],
  [
    'a scale that is one in a thousand off',
    'layernorm',
    [5, 64],
    'two-pass',
    'inverseSqrt(',
    '1.001 * inverseSqrt(',
  ],
] as const)('%s: wrong, with no samples and no metrics', async (_, id, shape, variant, right, wrong) => {
  const [sound] = await measure([planned(id, shape, variant)]);
  expect(sound).toMatchObject({ outcome: { status: 'ok' }, verification: { passed: true } });
  expect(sound!.samples.wallNs.length).toBeGreaterThan(0);

  breakKernel(id, variant, right, wrong);
  const [broken] = await measure([planned(id, shape, variant)]);
  expect(broken).toMatchObject({ outcome: { status: 'wrong' }, verification: { passed: false } });
  const { createNs, firstNs, ...columns } = broken!.samples;
  expect([createNs, firstNs]).toEqual([null, null]);
  expect(Object.values(columns).flat()).toEqual([]);
  expect(computeMetrics({ ...broken!, warnings: [] }, HARDWARE)).toEqual({});
});
