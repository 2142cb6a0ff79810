import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError, PRESETS, type Registry, type RunResult, shrinkForSoftware } from '../../core';
import { fakeEnvironment } from '../dev/fake-environment';
import { fakeLab } from '../dev/fake-lab';
import { fakeResult } from '../dev/fake-result';
import { defaultSetup } from './defaults';
import { memoryHistory } from './history';
import type { Lab } from './lab';
import { createLabStore, type LabStore } from './store';

const registry: Registry = {
  kernels: [{ id: 'transpose', title: 'Transposition', dims: ['rows', 'cols'], variants: ['naive'] }],
  models: [{ id: 'ocr-cls', title: 'Classifier', note: '' }],
  engines: [],
  experiments: [],
  presets: [],
};

const navigate = vi.fn();
const decodeLink = vi.fn<(payload: string) => RunResult>();

function storeOver(lab: Lab): LabStore {
  return createLabStore({
    lab,
    registry,
    history: memoryHistory(),
    setup: defaultSetup(registry, PRESETS[0].spec),
    softwareSetup: defaultSetup(registry, shrinkForSoftware(PRESETS[0].spec).spec),
    decodeLink,
    navigate,
    now: () => new Date(0),
  });
}

const file = (name: string, text = '') => new File([text], name);
const gpu = fakeEnvironment('gpu');

beforeEach(() => {
  navigate.mockReset();
  decodeLink.mockReset();
});

describe('the machine', () => {
  it('without WebGPU is asked for WASM only', async () => {
    const store = storeOver(fakeLab(fakeEnvironment('none')));
    await store.getState().start();
    expect(store.getState().setup.engines).toEqual({ batch: ['ort-wasm'], fusion: [] });
  });

  it('with a software adapter gets a smaller setup, unless one was chosen', async () => {
    const store = storeOver(fakeLab(fakeEnvironment('software')));
    await store.getState().start();
    expect(store.getState().setup.batches).toBe('1 … 4');
    const chosen = storeOver(fakeLab(fakeEnvironment('software')));
    chosen.getState().set({ batches: '1 … 32' });
    await chosen.getState().start();
    expect(chosen.getState().setup.batches).toBe('1 … 32');
  });
});

describe('a run', () => {
  it('fills, ends, is shown and kept', async () => {
    const store = storeOver(fakeLab(gpu));
    await store.getState().start();
    const counts: number[] = [];
    store.subscribe(({ running }) => running && counts.push(running.cases.length));
    await store.getState().run('batch');
    const { running, shown, history } = store.getState();
    expect(running).toBeNull();
    expect(Math.max(...counts)).toBe(21);
    expect(shown.batch?.origin).toBe('run');
    expect(shown.batch?.result.cases).toHaveLength(21);
    expect(shown.fusion).toBeUndefined();
    expect(history.map(({ ok, cases }) => [ok, cases])).toEqual([[21, 21]]);
  });

  it('keeps the finished cases when it is cancelled', async () => {
    const store = storeOver(fakeLab(gpu, 1));
    await store.getState().start();
    const unsubscribe = store.subscribe(({ running, cancel }) => {
      if (running && running.cases.length >= 3) {
        unsubscribe();
        cancel();
      }
    });
    await store.getState().run('batch');
    const statuses = store.getState().shown.batch?.result.cases.map((c) => c.outcome.status);
    expect(statuses?.filter((status) => status === 'ok').length).toBeGreaterThanOrEqual(3);
    expect(statuses?.at(-1)).toBe('interrupted');
  });

  it('says why it failed, and keeps what was measured before', async () => {
    const lab = fakeLab(gpu);
    const dies: Lab = {
      ...lab,
      run: (_spec, { onEvent }) => ({
        cancel() {},
        done: (async () => {
          onEvent({ type: 'case', result: fakeResult().cases[0]! });
          throw new LabError('device-lost', 'The device was lost.', 'Run again.');
        })(),
      }),
    };
    const store = storeOver(dies);
    await store.getState().start();
    await store.getState().run('batch');
    expect(store.getState().running).toBeNull();
    expect(store.getState().problem).toMatchObject({ code: 'device-lost', next: 'Run again.' });
    expect(store.getState().shown.batch?.result.cases).toHaveLength(1);
  });

  it('does not start from a setup with a problem', async () => {
    const store = storeOver(fakeLab(gpu));
    await store.getState().start();
    store.getState().set({ batches: '8…1' });
    await store.getState().run('batch');
    expect(store.getState().shown.batch).toBeUndefined();
  });
});

describe('results from elsewhere', () => {
  it('opens a shared link over what was shown, and gives it back', async () => {
    const store = storeOver(fakeLab(gpu));
    await store.getState().start();
    await store.getState().run('batch');
    const own = store.getState().shown;
    decodeLink.mockReturnValue(fakeResult());
    store.getState().follow('#1.abc');
    expect(decodeLink).toHaveBeenCalledWith('#1.abc');
    expect(store.getState().shown.fusion?.origin).toBe('shared');
    expect(store.getState().setup.latencyLimit).toBe('10');
    store.getState().close();
    expect(store.getState().shown).toEqual(own);
    expect(navigate).toHaveBeenLastCalledWith('#/batch');
  });

  it('goes on after a broken link', () => {
    const store = storeOver(fakeLab(gpu));
    decodeLink.mockImplementation(() => {
      throw new LabError('bad-link', 'Cut off.', 'Copy it whole.');
    });
    store.getState().follow('#1.zzz');
    expect(store.getState().problem).toMatchObject({ code: 'bad-link' });
    expect(store.getState().route).toEqual({ at: 'view', view: 'batch' });
    expect(store.getState().shown).toEqual({});
  });

  it('takes the settings of a shared result for a run here', async () => {
    const store = storeOver(fakeLab(gpu));
    await store.getState().start();
    store.getState().open(fakeResult(), 'imported');
    store.getState().adopt('batch');
    const { setup, shown } = store.getState();
    expect(setup.batches).toBe('1 … 64');
    expect(setup.engines.batch).toEqual(['ort-webgpu', 'ort-wasm', 'wgsl']);
    expect(setup.timeLimit).toBe('120');
    expect(shown).toEqual({});
  });

  it('imports a result and refuses what is none', async () => {
    const store = storeOver(fakeLab(gpu));
    await store.getState().take([file('result.json', JSON.stringify(fakeResult()))]);
    expect(store.getState().shown.batch?.origin).toBe('imported');
    await store.getState().take([file('result.json', '{"schema":')]);
    expect(store.getState().problem?.message).toMatch(/not JSON/);
    await store.getState().take([file('notes.txt')]);
    expect(store.getState().problem?.code).toBe('bad-model');
  });
});

describe('models', () => {
  it('gives our kernels only what they can compute', () => {
    const store = storeOver(fakeLab(gpu));
    expect(store.getState().setup.engines.batch).not.toContain('wgsl');
    store.getState().set({ model: 'block' });
    expect(store.getState().setup.engines.batch).toContain('wgsl');
    store.getState().set({ model: 'ocr-cls' });
    expect(store.getState().setup.engines.batch).not.toContain('wgsl');
  });

  it('takes a dropped model, then its weights', async () => {
    const store = storeOver(fakeLab(gpu));
    await store.getState().take([file('net.onnx')]);
    expect(store.getState().setup).toMatchObject({ model: 'file' });
    await store.getState().take([file('net.onnx_data')]);
    expect(store.getState().setup.files.map((f) => f.name)).toEqual(['net.onnx', 'net.onnx_data']);
  });

  it('shows the free dimensions of the model chosen last, whatever order answers come in', async () => {
    const lab = fakeLab(gpu);
    const answers: (() => void)[] = [];
    const slow: Lab = {
      ...lab,
      async inspect(ref, files) {
        const signature = await lab.inspect(ref, files);
        await new Promise<void>((resolve) => answers.push(resolve));
        return { ...signature, name: files[0]?.name ?? '' };
      },
    };
    const store = storeOver(slow);
    await store.getState().take([file('first.onnx')]);
    await store.getState().take([file('second.onnx')]);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    answers[0]?.();
    await vi.waitFor(() => expect(store.getState().inspection.state).toBe('known'));
    await Promise.resolve();
    expect(store.getState().inspection).toMatchObject({ signature: { name: 'second.onnx' } });
    expect(store.getState().setup.dims).toEqual({ height: '48' });
  });

  it('does not fetch an address that is still being typed', async () => {
    const lab = fakeLab(gpu);
    const inspect = vi.spyOn(lab, 'inspect');
    const store = storeOver(lab);
    for (const url of ['https://a', 'https://a.example/', 'https://a.example/m.onnx']) {
      store.getState().set({ model: 'url', url });
    }
    await vi.waitFor(() => expect(store.getState().inspection.state).toBe('known'));
    expect(inspect.mock.calls.map(([ref]) => ref)).toEqual([
      { from: 'url', url: 'https://a.example/m.onnx' },
    ]);
  });
});

describe('history', () => {
  it('deletes with undo, renames, opens', async () => {
    const store = storeOver(fakeLab(gpu));
    await store.getState().start();
    await store.getState().run('batch');
    const [entry] = store.getState().history;
    await store.getState().renameHistory(entry!.id, '  before the driver  ');
    expect(store.getState().history[0]?.name).toBe('before the driver');
    await store.getState().removeHistory(entry!.id);
    expect(store.getState().history).toEqual([]);
    store.getState().toast?.undo?.();
    await vi.waitFor(() => expect(store.getState().history).toHaveLength(1));
    await store.getState().openHistory(entry!.id);
    expect(store.getState().shown.batch?.origin).toBe('history');
  });
});
