import {
  type CaseResult,
  type ExperimentRequest,
  LabError,
  type ModelRef,
  type PlannedCase,
} from '../contract';
import { engineSlug, modelSlug } from '../metrics';
import { concludeBatch } from './batch-findings';
import { byWorkload, type Experiment, type Pair } from './experiment';

const ID = 'batch';

/** Short name for tables; what tells models of one name apart is in the case's id. */
function modelName(model: ModelRef): string {
  switch (model.from) {
    case 'catalogue':
      return model.id;
    case 'file':
      return model.name;
    case 'url':
      return model.url.split('/').at(-1) || model.url;
    case 'block':
      return 'block';
    default:
      return model satisfies never;
  }
}

/** An engine's cases of a model: our kernels run the block both as a chain and fused. */
function optionsOf(engine: string, model: ModelRef): PlannedCase['options'][] {
  return engine === 'wgsl' && model.from === 'block' ? [{ variant: 'unfused' }, { variant: 'fused' }] : [{}];
}

function plan({ models, engines, batches, dtypes }: ExperimentRequest): PlannedCase[] {
  if (models.length === 0 || batches.length === 0) {
    throw new LabError(
      'bad-spec',
      'The experiment "batch" needs a model and a batch size.',
      'Give at least one of each, e.g. --model ocr-cls --batch 1,2,4.',
    );
  }
  // Ascending, so that what does not fit into memory is met last.
  const ascending = [...new Set(batches)].sort((a, b) => a - b);
  return models.flatMap((model) =>
    dtypes.flatMap((dtype) =>
      ascending.flatMap((size) => {
        const group = `${ID}/${modelSlug(model)}/${dtype}/b${size}`;
        return engines.flatMap((engine) =>
          optionsOf(engine, model).map((options) => ({
            id: `${group}/${engineSlug({ engine, options })}`,
            group,
            experiment: ID,
            workload: { kind: 'model' as const, id: modelName(model), model, batch: size, dtype },
            engine,
            load: 'closed-loop',
            options,
          })),
        );
      }),
    ),
  );
}

/** Every other case against the first engine's, and our fused kernels against the unfused. */
function pairsOf(cases: readonly CaseResult[]): Pair[] {
  const [first, ...others] = cases;
  if (!first) return [];
  const unfused = others.find((c) => c.options.variant === 'unfused');
  const fused = others.find((c) => c.options.variant === 'fused');
  // Wall time: one engine may have no GPU, and what batching amortises is not on the GPU.
  const pairs = others.map((candidate): Pair => ({ baseline: first, candidate, clock: 'wallNs' }));
  return unfused && fused ? [...pairs, { baseline: unfused, candidate: fused, clock: 'wallNs' }] : pairs;
}

export const batch: Experiment = {
  id: ID,
  title: 'Batch size',
  question: 'Which batch size?',
  claim:
    'Batching is the largest single lever: batch 1–4 leaves the GPU mostly idle, 8–32 grows near-linearly, 64–256 levels off.',
  cases: plan,
  pairs: (cases) => byWorkload(cases.filter((c) => c.experiment === ID)).flatMap(pairsOf),
  conclude: (cases, context) =>
    concludeBatch(
      cases.filter((c) => c.experiment === ID),
      context,
      batch.claim,
    ),
};
