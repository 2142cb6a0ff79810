import {
  type CaseResult,
  type ExperimentRequest,
  type KernelRef,
  LabError,
  type PlannedCase,
} from '../contract';
import { kernelById } from '../kernels';
import type { Variant } from '../kernels/kernel';
import { engineSlug } from '../metrics';
import { byWorkload, type Experiment, type Pair } from './experiment';
import { concludeFusion } from './fusion-findings';

const ID = 'fusion';

function optionsOf(engine: string, { id }: KernelRef): PlannedCase['options'][] {
  return engine === 'wgsl' ? kernelById(id).variants.map((v) => ({ variant: v.id })) : [{}];
}

function checkShape({ id, shape }: KernelRef): void {
  const { dims } = kernelById(id);
  if (dims.length === shape.length) return;
  throw new LabError(
    'bad-spec',
    `The kernel ${id} takes ${dims.length} sizes, not ${shape.length}.`,
    `Give ${dims.join('x')}, e.g. --shape ${dims.map(() => 64).join('x')}.`,
  );
}

function plan({ kernels, engines, dtypes }: ExperimentRequest): PlannedCase[] {
  if (kernels.length === 0) {
    throw new LabError(
      'bad-spec',
      'The experiment "fusion" needs a kernel.',
      'Give one with its shape, e.g. --kernel transpose --shape 1024x1024.',
    );
  }
  for (const kernel of kernels) checkShape(kernel);
  return kernels.flatMap((kernel) =>
    dtypes.flatMap((dtype) => {
      const group = `${ID}/${kernel.id}/${kernel.shape.join('x')}/${dtype}`;
      return engines.flatMap((engine) =>
        optionsOf(engine, kernel).map((options) => ({
          id: `${group}/${engineSlug({ engine, options })}`,
          group,
          experiment: ID,
          workload: { kind: 'kernel' as const, id: kernel.id, shape: kernel.shape, dtype },
          engine,
          load: 'closed-loop',
          options,
        })),
      );
    }),
  );
}

const timedOnGpu = (run: CaseResult) => run.samples.gpuNs.some((ns) => ns !== null);

/** GPU time tells kernels apart best; wall time where one of the two has none. */
function pair(baseline: CaseResult, candidate: CaseResult): Pair {
  return { baseline, candidate, clock: [baseline, candidate].every(timedOnGpu) ? 'gpuNs' : 'wallNs' };
}

/** Each optimised variant against the baseline ones and against other engines. */
function pairsOf(cases: readonly CaseResult[]): Pair[] {
  const ours = cases.filter((c) => c.engine === 'wgsl');
  const ofKind = (kind: Variant['kind']) =>
    ours.filter(({ workload, options }) =>
      kernelById(workload.id).variants.some((v) => v.id === options.variant && v.kind === kind),
    );
  const baselines = [...ofKind('baseline'), ...cases.filter((c) => c.engine !== 'wgsl')];
  return baselines.flatMap((baseline) => ofKind('optimised').map((candidate) => pair(baseline, candidate)));
}

export const fusion: Experiment = {
  id: ID,
  title: 'Fusion and tiling',
  question: 'What does fusing gain?',
  claim:
    'Fusing gains 2–4× in attention, 1.3–1.8× from LayerNorm into the next product, 1.5–2× in SwiGLU and 1.2–1.5× for residual and LayerNorm.',
  cases: plan,
  pairs: (cases) => byWorkload(cases.filter((c) => c.experiment === ID)).flatMap(pairsOf),
  conclude: (cases, context) =>
    concludeFusion(byWorkload(cases.filter((c) => c.experiment === ID)).map(pairsOf), context),
};
