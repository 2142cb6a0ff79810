/**
 * Every kernel, variant, storage type and conformance shape through the WGSL compiler of Chromium (Dawn's
 * null backend: real diagnostics, no GPU), under the limits that WebGPU guarantees.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { create, globals } from 'webgpu';
import type { Program, Stage } from '../gpu/program';
import { KERNELS, kernelById } from '.';
import { FLOAT_DTYPES, GUARANTEED_LIMITS, label } from './conformance';
import type { Kernel } from './kernel';

Object.assign(globalThis, globals);

/** Guaranteed by WebGPU to one shader stage. */
const MAX_STORAGE_BUFFERS = 8;

/** Held for as long as the tests run: the process crashes when it is collected before its device. */
const gpu = create(['backend=null']);
let device: GPUDevice;

beforeAll(async () => {
  const adapter = await gpu.requestAdapter();
  device = await adapter!.requestDevice({ requiredFeatures: ['shader-f16'] });
});

async function diagnostics(stage: Stage): Promise<readonly string[]> {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code: stage.code });
  const { messages } = await module.getCompilationInfo();
  device.createComputePipeline({ layout: 'auto', compute: { module, constants: stage.constants } });
  const error = await device.popErrorScope();
  const found = messages.map((m) => `${stage.label}:${m.lineNum}: ${m.type}: ${m.message}`);
  return error ? [...found, `${stage.label}: ${error.message}`] : found;
}

/** What is wrong with the shape of a program, before any shader is compiled. */
function misfits(program: Program): readonly string[] {
  const found: string[] = [];
  const names = new Set(program.buffers.map((b) => b.name));
  if (names.size !== program.buffers.length) found.push('two buffers have one name');
  const stages = [...program.setup, ...program.stages];
  for (const stage of stages) {
    const longest = Math.max(...stage.workgroups);
    if (longest > GUARANTEED_LIMITS.maxComputeWorkgroupsPerDimension) found.push(`${stage.label}: grid`);
    if (Math.min(...stage.workgroups) < 1) found.push(`${stage.label}: empty grid`);
    if (stage.bindings.length > MAX_STORAGE_BUFFERS) found.push(`${stage.label}: storage buffers`);
    for (const { buffer } of stage.bindings) {
      if (!names.has(buffer)) found.push(`${stage.label}: binds ${buffer}, which is no buffer`);
    }
  }
  const written = new Set(
    stages.flatMap((s) => s.bindings.filter((b) => b.access === 'write').map((b) => b.buffer)),
  );
  for (const { name, role } of program.buffers) {
    const isInput = role === 'input' || role === 'weight';
    if (isInput === written.has(name)) found.push(`${role} ${name} is ${isInput ? '' : 'not '}written`);
  }
  return found;
}

/** The operator's tensors must be the program's buffers, element for element. */
function tensorsMissing(kernel: Kernel, problem: Parameters<Kernel['tensors']>[0], program: Program) {
  return kernel.tensors(problem).filter(({ name, role, dtype, dims }) => {
    const length = dims.reduce((product, d) => product * d, 1);
    return !program.buffers.some(
      (b) => b.name === name && b.role === role && b.dtype === dtype && b.length === length,
    );
  });
}

for (const kernel of KERNELS as readonly Kernel[]) {
  describe(kernel.id, () => {
    for (const variant of kernel.variants) {
      for (const dtype of FLOAT_DTYPES) {
        test(`${variant.id} ${dtype}`, async () => {
          for (const shape of kernel.conformanceShapes) {
            expect(kernel.invalid(shape), label(kernel, shape)).toBeNull();
            const problem = { shape, dtype };
            const program = variant.program(problem, GUARANTEED_LIMITS);
            expect(misfits(program), label(kernel, shape)).toEqual([]);
            expect(tensorsMissing(kernel, problem, program), label(kernel, shape)).toEqual([]);
            for (const stage of [...program.setup, ...program.stages]) {
              expect(await diagnostics(stage), label(kernel, shape)).toEqual([]);
            }
          }
        });
      }
    }
  });
}

test('a shader with a mistake has diagnostics', async () => {
  const [stage] = kernelById('copy').variants[0]!.program(
    { shape: [4], dtype: 'f32' },
    GUARANTEED_LIMITS,
  ).stages;
  expect(await diagnostics({ ...stage!, code: stage!.code.replace('y[i]', 'z[i]') })).not.toEqual([]);
  expect(await diagnostics({ ...stage!, constants: {} })).not.toEqual([]);
});

test('an unknown kernel is an error that names the known ones', () => {
  expect(() => kernelById('conv')).toThrow(
    expect.objectContaining({ code: 'bad-spec', next: expect.stringContaining('transpose') }),
  );
});
