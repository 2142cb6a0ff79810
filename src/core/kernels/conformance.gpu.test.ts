/** The conformance suite over the registry, on a real WebGPU device. */
import { afterAll, describe, expect, test } from 'vitest';
import { roundToF16 } from '../contract';
import { openGpu } from '../gpu/device';
import { KERNELS, kernelById } from '.';
import {
  checkOf,
  FLOAT_DTYPES,
  faults,
  GUARANTEED_LIMITS,
  type Inputs,
  label,
  normalInputs,
} from './conformance';
import type { DeviceLimits, Kernel, Problem } from './kernel';

const opened = await openGpu('any');
if ('missing' in opened) throw new Error(opened.missing);
const gpu = opened;
afterAll(() => gpu.device.destroy());

const hasF16 = gpu.features.includes('shader-f16');

/** Data that naive formulas fail on: cancellation in the variance, no variance, masked and fully masked rows. */
const SPECIAL: readonly {
  kernel: string;
  title: string;
  change: (x: number, i: number, cols: number) => number;
}[] = [
  { kernel: 'layernorm', title: 'mean 1000, deviation 1', change: (x) => 1000 + x },
  { kernel: 'layernorm', title: 'constant rows', change: (_x, i, cols) => Math.floor(i / cols) * 0.5 },
  { kernel: 'add-layernorm', title: 'mean 1000, deviation 1', change: (x) => 1000 + x },
  { kernel: 'rmsnorm', title: 'mean 1000, deviation 1', change: (x) => 1000 + x },
  { kernel: 'rmsnorm', title: 'zeros', change: () => 0 },
  { kernel: 'softmax', title: 'large values', change: (x) => 80 * x },
  { kernel: 'softmax', title: 'masked', change: (x, i, cols) => (i % cols > i / cols ? -Infinity : x) },
  { kernel: 'softmax', title: 'fully masked', change: () => -Infinity },
];

/**
 * Faults of every variant, by its id: under the limits that every device has and, where that makes another
 * program, under this device's. Compiling takes the most time, so the variants go side by side.
 */
async function faultsOf(kernel: Kernel, problem: Problem, inputs: Inputs) {
  const check = checkOf(kernel, problem, inputs);
  const found = kernel.variants.map(async ({ id, program }) => {
    const least = program(problem, GUARANTEED_LIMITS);
    const own = program(problem, gpu.limits as unknown as DeviceLimits);
    const same = JSON.stringify(own) === JSON.stringify(least);
    const programs = same ? [least] : [least, own];
    return [id, (await Promise.all(programs.map((p) => faults(gpu, p, check)))).flat()] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

const noFaults = (kernel: Kernel) => Object.fromEntries(kernel.variants.map((v) => [v.id, []]));

for (const dtype of FLOAT_DTYPES) {
  // A software adapter may have no f16; the shaders are compiled in wgsl-compile.test.ts all the same.
  describe.skipIf(dtype === 'f16' && !hasF16)(dtype, () => {
    for (const kernel of KERNELS as readonly Kernel[]) {
      test.for(kernel.conformanceShapes.map((shape) => [label(kernel, shape), shape] as const))(
        '%s',
        async ([, shape]) => {
          const problem = { shape, dtype };
          expect(await faultsOf(kernel, problem, normalInputs(kernel, problem))).toEqual(noFaults(kernel));
        },
      );
    }

    test.for(SPECIAL.flatMap((special) => [1000, 40].map((cols) => ({ ...special, cols }))))(
      '$kernel of $cols: $title',
      async ({ kernel: id, change, cols }) => {
        const kernel = kernelById(id);
        const problem = { shape: [6, cols], dtype };
        const normal = normalInputs(kernel, problem);
        const x = normal.x!.map((v, i) => change(v, i, cols));
        const inputs = { ...normal, x: dtype === 'f16' ? roundToF16(x) : x };
        expect(await faultsOf(kernel, problem, inputs)).toEqual(noFaults(kernel));
      },
    );
  });
}

/** The suite must be able to fail: each kind of fault, put into a shader that conforms. */
const MUTATIONS = [
  { kernel: 'layernorm', from: '+ wide(beta[i])', to: '- wide(beta[i])', fault: /y: \d+ of 666 wrong/ },
  { kernel: 'layernorm', from: 'f32(cols) + epsilon', to: '333.1 + epsilon', fault: /y: \d+ of 666 wrong/ },
  // Nothing is left that reads beta, so its binding is not in the layout.
  { kernel: 'layernorm', from: '+ wide(beta[i])', to: '', fault: /BindGroup/ },
  { kernel: 'copy', from: 'i < packs', to: 'i + 1u < packs', fault: /y: 1 of 666 wrong.*NaN/ },
  { kernel: 'copy', from: 'i < packs', to: 'i <= packs', fault: /y: written past its end/ },
  {
    kernel: 'copy',
    from: 'y[i] = x[i]',
    // Right over the poison, wrong over a result.
    to: 'y[i] = select(0.0, x[i], bitcast<u32>(y[i]) == 0xffffffffu)',
    fault: /^y: differs from run to run$/,
  },
];

test.for(MUTATIONS)('$kernel with "$from" made "$to" is caught', async ({ kernel: id, from, to, fault }) => {
  const kernel = kernelById(id);
  const problem = { shape: id === 'copy' ? [666] : [2, 333], dtype: 'f32' as const };
  const program = kernel.variants[0]!.program(problem, GUARANTEED_LIMITS);
  const stages = program.stages.map((s) => ({ ...s, code: s.code.replace(from, to) }));
  expect(stages).not.toEqual(program.stages);
  const check = checkOf(kernel, problem, normalInputs(kernel, problem));
  const found = await faults(gpu, { ...program, stages }, check);
  expect(found.join('\n')).toMatch(fault);
});
