import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addSpecOptions, checkFlags, localUrl, modelRef, type RunFlags } from './options';
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

  test('several kernels take their shapes in order, or all the preset’s', () => {
    const pairs =
      '--kernel transpose --shape 5x7 --kernel matmul --shape 2x3x4 --kernel transpose --shape 8x8';
    expect(specOf(pairs).experiments[0]?.kernels).toEqual([
      { id: 'transpose', shape: [5, 7] },
      { id: 'matmul', shape: [2, 3, 4] },
      { id: 'transpose', shape: [8, 8] },
    ]);
    expect(specOf('--kernel swiglu --kernel transpose').experiments[0]?.kernels).toEqual([
      { id: 'swiglu', shape: [8, 16, 32] },
      { id: 'transpose', shape: [64, 64] },
    ]);
  });

  test('seed, adapter and limits are those of the run', () =>
    expect(specOf('--seed 7 --adapter software --time-limit 2.5 --latency-limit 16.6')).toEqual({
      ...PRESET,
      seed: 7,
      adapter: 'software',
      timeLimitS: 2.5,
      latencyLimitMs: 16.6,
    }));

  test('a preset’s time limit is for its own sizes; that of a spec file is kept', () => {
    const { name: _, ...file } = PRESET;
    expect(specOf('--seed 2').timeLimitS).toBe(110);
    expect(specOf('--batch 64').timeLimitS).toBe(110);
    expect(specOf('--model classifier').timeLimitS).toBeNull();
    expect(specOf('--model classifier --time-limit 5').timeLimitS).toBe(5);
    expect(withFlags(file, flagsOf('--model classifier'), REGISTRY).timeLimitS).toBe(110);
  });

  test.each(['--engine wgsl --seed 2', '--batch 1,2', '--kernel transpose', '--model block --dtype f16'])(
    'with %s the sizes are the preset’s: it keeps its name and may shrink',
    (line) => expect(specOf(line)).toMatchObject({ name: 'default', timeLimitS: 110 }),
  );

  test.each(['--kernel transpose --shape 4x4', '--model classifier', '--model block --dim hidden=32'])(
    'with %s somebody has chosen the sizes: nothing may shrink',
    (line) => expect(specOf(line).name).toBeUndefined(),
  );
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
    '--dtype i8',
    '--dtype i4',
    '--latency-limit 0',
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
    ['--kernel transpose --shape 4x4 --kernel swiglu', /each --kernel a --shape/],
    ['--kernel transpose --shape 4x4 --kernel swiglu --shape 4x4', /64x64x64/],
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

test('the name of a model of this machine stays readable in its address', () => {
  expect(localUrl('/models/my model (2).onnx')).toBe('local/my model (2).onnx');
  const awkward = '50%20 #1?.onnx';
  const { pathname } = new URL(localUrl(awkward), 'http://localhost/');
  expect(decodeURIComponent(pathname)).toBe(`/local/${awkward}`);
});
