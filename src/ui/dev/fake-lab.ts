import type { Environment, RunEvent, RunResult } from '../../core';
import type { Lab, RunHandle } from '../store/lab';
import { concluded, fakeResult } from './fake-result';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A lab that measures nothing: it plays a made-up result back, event by event. */
export function fakeLab(environment: Environment, paceMs = 0): Lab {
  return {
    async probe() {
      return environment;
    },
    async inspect(ref) {
      return {
        name: ref.from,
        sizeBytes: 585_532,
        opset: 10,
        producer: 'paddle2onnx',
        dtype: 'f32',
        nodes: 164,
        inputs: [{ name: 'x', dtype: 'f32', dims: ['batch', 3, 'height', 192] }],
        outputs: [{ name: 'softmax', dtype: 'f32', dims: ['batch', 2] }],
        freeDims: { height: 48 },
        batchDim: 'batch',
        fixedBatch: null,
        externalData: [],
      };
    },
    run(spec, { onEvent }): RunHandle {
      let cancelled = false;
      return {
        cancel: () => {
          cancelled = true;
        },
        done: play(spec, onEvent, () => cancelled),
      };
    },
  };

  async function play(
    spec: RunResult['spec'],
    onEvent: (event: RunEvent) => void,
    cancelled: () => boolean,
  ): Promise<RunResult> {
    const whole = fakeResult(environment.adapter?.software ? 'software' : 'gpu');
    const ids = new Set(spec.experiments.map((request) => request.id));
    const [model] = spec.experiments.flatMap((request) => request.models);
    const cases = whole.cases
      .filter((c) => ids.has(c.experiment))
      .map((c) => (c.workload.kind === 'model' && model ? { ...c, workload: { ...c.workload, model } } : c));
    onEvent({ type: 'environment', environment });
    onEvent({ type: 'planned', caseIds: cases.map((c) => c.id) });
    const done: RunResult['cases'] = [];
    for (const [i, result] of cases.entries()) {
      if (!cancelled()) {
        onEvent({ type: 'stage', caseIds: [result.id], stage: 'sample' });
        onEvent({ type: 'clock', share: 0.99 });
        await wait(paceMs);
      }
      const last = cancelled()
        ? { ...result, outcome: { status: 'interrupted' as const, reason: 'cancelled' }, metrics: {} }
        : result;
      done.push(last);
      onEvent({ type: 'case', result: last });
      const left = cases.length - i - 1;
      onEvent({ type: 'progress', done: (i + 1) / cases.length, etaS: (left * paceMs) / 1000 });
    }
    const result = concluded({
      ...whole,
      id: `run-${spec.experiments.map((r) => r.id).join('-')}`,
      spec,
      environment,
      cases: done,
    });
    onEvent({ type: 'finished', result });
    return result;
  }
}
