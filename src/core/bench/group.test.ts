import { describe, expect, it } from 'vitest';
import { DEFAULT_SAMPLING, LabError, type PlannedCase, type Verification } from '../contract';
import { type FakeScript, fakeEngine, VirtualClock } from '../engines/fake';
import { type GroupHost, type GroupTools, runGroup } from './group';

const passed: Verification = {
  method: 'fake',
  maxError: 0,
  bound: 1,
  ratio: 0,
  compared: 1,
  passed: true,
};

const planned = (engine: string): PlannedCase => ({
  id: `test/${engine}`,
  group: 'test',
  experiment: 'batch',
  workload: { kind: 'kernel', id: 'copy', shape: [4], dtype: 'f32' },
  engine,
  load: 'closed-loop',
  options: {},
});

function setUp(scripts: readonly (FakeScript & { readonly id: string })[], over: Partial<GroupHost> = {}) {
  const clock = new VirtualClock();
  const engines = scripts.map((script) => fakeEngine(clock, script));
  const stages: string[] = [];
  const tools: GroupTools = {
    context: {
      gpu: null,
      seed: 1,
      baseUrl: '/',
      model: () => Promise.reject(new Error('no models here')),
    },
    engine: (id) => engines.find((e) => e.id === id)!,
    reference:
      async () =>
      ([output]) => ({ ...passed, passed: output?.data[0] === 1 }),
    sampling: DEFAULT_SAMPLING,
    passNs: [0, 1],
    skip: () => null,
  };
  const host: GroupHost = {
    now: clock.now,
    hidden: () => false,
    interruption: () => null,
    stage: (_, stage) => stages.push(stage),
    progress: () => undefined,
    witness: async () => null,
    breathe: async () => undefined,
    ...over,
  };
  const run = () =>
    runGroup(
      scripts.map((s) => planned(s.id)),
      tools,
      host,
    );
  return { run, engines, stages, clock };
}

const steady = { run: () => ({ gpuNs: 5e6, wallNs: 10e6 }) };

describe('a group of cases', () => {
  it('prepares, verifies, warms up, samples, verifies again and disposes', async () => {
    const { run, stages, engines } = setUp([{ id: 'a', ...steady }]);
    const [a] = await run();
    expect(stages).toEqual(['prepare', 'verify', 'warm-up', 'sample', 're-verify']);
    expect(a!.outcome).toEqual({ status: 'ok' });
    expect(a!.samples.gpuNs.every((ns) => ns === 5e6)).toBe(true);
    expect(a!.sampling.warmupConverged).toBe(true);
    expect(engines[0]!.log.at(-1)).toBe('a dispose');
  });

  it('gives a wrong output no time', async () => {
    const { run, engines } = setUp([
      { id: 'wrong', ...steady, output: () => new Float32Array([2]) },
      { id: 'right', ...steady },
    ]);
    const [wrong, right] = await run();
    expect(wrong!.outcome.status).toBe('wrong');
    expect(wrong!.samples.wallNs).toEqual([]);
    expect(wrong!.samples.createNs).toBeNull();
    expect(engines[0]!.log).not.toContain('wrong once');
    expect(right!.outcome.status).toBe('ok');
  });

  it('catches an output that turns wrong during the sweep', async () => {
    const { run } = setUp([{ id: 'a', ...steady, output: (call) => new Float32Array([call === 0 ? 1 : 2]) }]);
    const [a] = await run();
    expect(a!.outcome.status).toBe('wrong');
    expect(a!.samples.wallNs).toEqual([]);
  });

  it('records what does not fit as unsupported and what breaks as failed', async () => {
    const fails = (id: string, error: unknown) => ({
      id,
      ...steady,
      prepare() {
        throw error;
      },
    });
    const { run } = setUp([
      fails('memory', new LabError('out-of-memory', 'No room.', 'Smaller.')),
      fails('broken', new Error('boom')),
      { id: 'fine', ...steady },
    ]);
    const outcomes = (await run()).map((c) => c.outcome.status);
    expect(outcomes).toEqual(['unsupported', 'failed', 'ok']);
  });

  it('marks what an interruption left as interrupted, with the reason', async () => {
    let stage = '';
    const { run } = setUp(
      [
        { id: 'a', ...steady },
        { id: 'b', ...steady },
      ],
      {
        stage: (_, s) => {
          stage = s;
        },
        interruption: () => (stage === 'sample' ? 'cancelled' : null),
      },
    );
    for (const c of await run()) {
      expect(c.outcome).toEqual({ status: 'interrupted', reason: 'cancelled' });
      expect(c.samples.wallNs).toEqual([]);
    }
  });
});
