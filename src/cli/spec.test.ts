import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addSpecOptions, checkFlags, modelRef, type RunFlags } from './options';
import { withFlags } from './spec';
import { PRESET, REGISTRY } from './testing/spec';

/** What commander makes of a command line. */
function flagsOf(line: string): RunFlags {
  const command = addSpecOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr() {} });
  return command.parse(line.split(' ').filter(Boolean), { from: 'user' }).opts();
}

const specOf = (line: string) => withFlags(PRESET, flagsOf(line), REGISTRY);
const [batch, block, fusion] = PRESET.experiments;

describe('withFlags', () => {
  test('without flags the preset stays as it is', () => expect(specOf('')).toEqual(PRESET));

  test('--experiment keeps only that experiment', () =>
    expect(specOf('--experiment fusion')).toEqual({ ...PRESET, experiments: [fusion] }));

  test('--model is measured by the batch experiment, without the kernels', () => {
    const spec = specOf('--model classifier --engine ort-webgpu --batch 1,8 --dim height=48 --dim width=320');
    expect(spec.experiments).toEqual([
      {
        ...batch,
        models: [{ from: 'catalogue', id: 'classifier', dims: { height: 48, width: 320 } }],
        engines: ['ort-webgpu'],
        batches: [1, 8],
      },
    ]);
  });

  test('--model block is the spec’s block, with the sizes that --dim gives', () => {
    const sizes = { hidden: 256, heads: 4, inner: 128, layers: 1, sequence: 16 };
    expect(specOf('--model block --dim hidden=256').experiments).toEqual([
      { ...block, models: [{ from: 'block', block: sizes }] },
    ]);
    const without = { ...PRESET, experiments: [batch!] };
    expect(() => withFlags(without, flagsOf('--model block --dim hidden=8'), REGISTRY)).toThrow(
      expect.objectContaining({ next: expect.stringContaining('--dim sequence=N') }),
    );
  });

  test('--kernel is measured by the fusion experiment at the shape given', () =>
    expect(specOf('--kernel transpose --shape 1237x3001 --dtype f16').experiments).toEqual([
      { ...fusion, kernels: [{ id: 'transpose', shape: [1237, 3001] }], dtypes: ['f16'] },
    ]));

  test('--kernel without a shape takes the preset’s, and fails where it has none', () => {
    expect(specOf('--kernel swiglu').experiments[0]?.kernels).toEqual([{ id: 'swiglu', shape: [8, 16, 32] }]);
    expect(() => specOf('--kernel matmul')).toThrow(expect.objectContaining({ next: 'Add --shape AxBxC.' }));
  });

  test('seed, adapter and time limit are those of the run', () =>
    expect(specOf('--seed 7 --adapter software --time-limit 2.5')).toEqual({
      ...PRESET,
      seed: 7,
      adapter: 'software',
      timeLimitS: 2.5,
    }));

  test('a preset’s time limit is for its own sizes; that of a spec file is kept', () => {
    const { name: _, ...file } = PRESET;
    expect(specOf('--seed 2').timeLimitS).toBe(110);
    expect(specOf('--batch 64').timeLimitS).toBeNull();
    expect(specOf('--batch 64 --time-limit 5').timeLimitS).toBe(5);
    expect(withFlags(file, flagsOf('--batch 64'), REGISTRY).timeLimitS).toBe(110);
  });

  test('a preset keeps its name, and may shrink, only while no sizes were chosen', () => {
    expect(specOf('--engine wgsl --seed 2').name).toBe('default');
    expect(specOf('--batch 64').name).toBeUndefined();
    expect(specOf('--kernel transpose').name).toBeUndefined();
    expect(specOf('--model classifier').name).toBeUndefined();
  });
});

describe('what is refused', () => {
  test.each([
    '--shape 4x',
    '--shape 4xfour',
    '--batch 0',
    '--batch 1,,2',
    '--seed 1.5',
    '--time-limit -1',
    '--time-limit soon',
    '--dim height',
    '--dim height=tall',
    '--dtype f8',
    '--adapter cuda',
    '--shades 3',
  ])('%s is bad usage', (line) => expect(() => flagsOf(line)).toThrow());

  test.each([
    ['--preset defualt', /Did you mean default/],
    ['--experiment fussion', /Did you mean fusion/],
    ['--engine wgsl,cuda', /There are: wgsl/],
    ['--kernel transpos', /Did you mean transpose/],
    ['--shape 4x4', /Add --kernel/],
    ['--kernel transpose --shape 4x4x4', /64x64/],
    ['--model clasifier', /Did you mean classifier/],
    ['--model none.onnx', /path of an .onnx file/],
  ])('%s says what to do', (line, next) =>
    expect(() => checkFlags(flagsOf(line), REGISTRY)).toThrow(
      expect.objectContaining({ next: expect.stringMatching(next) }),
    ),
  );
});

test('a model is a catalogue id, an address or a file', () => {
  expect(modelRef('classifier', REGISTRY)).toEqual({ from: 'catalogue', id: 'classifier' });
  expect(modelRef('https://example.org/m.onnx', REGISTRY)).toEqual({
    from: 'url',
    url: 'https://example.org/m.onnx',
  });
  expect(modelRef('src/cli/tsconfig.json', REGISTRY)).toEqual({ from: 'url', url: 'local/tsconfig.json' });
});
