import { describe, expect, it } from 'vitest';
import { EXPERIMENTS, PRESETS, parseSpec, type Registry } from '../../core';
import { commandFor } from './command';
import { defaultSetup } from './defaults';
import { parseRoute } from './route';
import { chosenModel, specOf } from './setup';
import { setupFrom } from './setup-from';

const registry: Registry = {
  kernels: [{ id: 'transpose', title: 'Transposition', dims: ['rows', 'cols'], variants: ['naive'] }],
  models: [{ id: 'ocr-cls', title: 'Classifier', note: '' }],
  engines: [],
  experiments: [],
  presets: [],
};
const setup = defaultSetup(registry, PRESETS[0].spec);

describe('spec of a setup', () => {
  it.each(['batch', 'fusion'] as const)('%s is valid and has cases as it stands', (experiment) => {
    const { spec, problems } = specOf(experiment, setup);
    expect(problems).toEqual({});
    expect(parseSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    const cases = EXPERIMENTS.find(({ id }) => id === experiment)?.cases(spec!.experiments[0]!, spec!);
    expect(cases?.length).toBeGreaterThan(0);
  });

  it('says everything that is wrong at once', () => {
    const { spec, problems } = specOf('batch', {
      ...setup,
      model: 'block',
      block: { ...setup.block, hidden: '100', heads: '3', layers: 'two' },
      engines: { ...setup.engines, batch: [] },
      batches: '',
      latencyLimit: '-1',
      timeLimit: 'soon',
    });
    expect(spec).toBeNull();
    expect(Object.keys(problems).sort()).toEqual([
      'batches',
      'block.heads',
      'block.layers',
      'engines',
      'latencyLimit',
      'timeLimit',
    ]);
  });

  it('needs a model file, and an address that is one', () => {
    expect(specOf('batch', { ...setup, model: 'file' }).problems).toHaveProperty('model');
    expect(specOf('batch', { ...setup, model: 'url', url: 'model.onnx' }).problems).toHaveProperty('url');
    expect(chosenModel({ ...setup, model: 'url', url: 'https://a.example/m.onnx' })).toEqual({
      from: 'url',
      url: 'https://a.example/m.onnx',
    });
  });

  it('comes back from its own spec', () => {
    const changed = {
      ...setup,
      model: 'block',
      batches: '1, 3, 9',
      latencyLimit: '7.5',
      timeLimit: '30',
      engines: { ...setup.engines, batch: ['wgsl'] },
    };
    const { spec } = specOf('batch', changed);
    expect(setupFrom(setup, spec!, 'batch')).toEqual(changed);
    const shapes = { ...setup, kernels: [{ id: 'transpose', dims: ['rows', 'cols'], shape: '5×7' }] };
    expect(setupFrom(setup, specOf('fusion', shapes).spec!, 'fusion').kernels).toEqual(shapes.kernels);
  });
});

describe('command line', () => {
  it('names model, sizes, engines, batches and limits', () => {
    const limits = { timeLimit: '9', latencyLimit: '16.5' };
    const { spec } = specOf('batch', { ...setup, batches: '1,2', dims: { 'in put': '3' }, ...limits });
    expect(commandFor(spec!)).toBe(
      "rooflab run --experiment batch --model ocr-cls --dim 'in put=3' --latency-limit 16.5 --engine ort-webgpu,ort-wasm --batch 1,2 --dtype f32 --seed 1 --time-limit 9",
    );
  });
  it('names every kernel with its shape', () => {
    const kernel = { id: 'transpose', dims: ['rows', 'cols'], shape: '5x7' };
    const { spec } = specOf('fusion', { ...setup, kernels: [kernel, { ...kernel, shape: '3x2' }] });
    expect(commandFor(spec!)).toBe(
      'rooflab run --experiment fusion --kernel transpose --shape 5x7 --kernel transpose --shape 3x2 --engine ort-webgpu,wgsl --dtype f32 --seed 1',
    );
  });
});

describe('route', () => {
  it.each([
    ['', 'batch'],
    ['#/fusion', 'fusion'],
    ['#/history', 'history'],
    ['#/nowhere', 'batch'],
    ['#main', 'batch'],
  ])('“%s” is %s', (hash, view) => expect(parseRoute(hash)).toEqual({ at: 'view', view }));
  it('knows a shared link', () => expect(parseRoute('#1.AbC')).toEqual({ at: 'shared', payload: '#1.AbC' }));
});
