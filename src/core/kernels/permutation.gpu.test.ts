/** Moves of halves look at no half, so they run without shader-f16 too: on every adapter that tests run on. */
import { afterAll, expect, test } from 'vitest';
import { openGpu } from '../gpu/device';
import { kernelById } from '.';
import { checkOf, faults, GUARANTEED_LIMITS, normalInputs } from './conformance';

const opened = await openGpu('any');
if ('missing' in opened) throw new Error(opened.missing);
const gpu = opened;
afterAll(() => gpu.device.destroy());

test.for([
  ['copy', [40]],
  ['transpose', [72, 40]],
  ['permute', [2, 3, 5, 16, 1324]],
  ['permute', [2, 40, 3, 136, 1432]],
  ['permute', [1, 8, 2, 264, 1432]],
] as const)('halves: %s %s', async ([id, shape]) => {
  const kernel = kernelById(id);
  const problem = { shape, dtype: 'f16' as const };
  const program = kernel.variants.at(-1)!.program(problem, GUARANTEED_LIMITS);
  const stages = program.stages.map((stage) => ({ ...stage, code: stage.code.replace(/^.*\n/, '') }));
  const check = checkOf(kernel, problem, normalInputs(kernel, problem));
  expect(await faults(gpu, { ...program, stages }, check)).toEqual([]);
});
