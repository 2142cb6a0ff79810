import {
  type ExperimentRequest,
  type KernelRef,
  LabError,
  parseSpec,
  type Registry,
  type RunSpec,
} from '../core/contract';
import { modelRef, type RunFlags } from './options';

/** Where a model or a kernel goes when no experiment is named. */
const MODEL_EXPERIMENT = 'batch';
const KERNEL_EXPERIMENT = 'fusion';

function kernelRefs(flags: RunFlags, template: ExperimentRequest): KernelRef[] {
  if (flags.shape) return [{ id: flags.kernel!, shape: [...flags.shape] }];
  const known = template.kernels.filter(({ id }) => id === flags.kernel);
  if (known.length > 0) return known;
  throw new LabError('bad-spec', `No shape is known for ${flags.kernel}.`, 'Add --shape AxBxC.');
}

function request(base: RunSpec, id: string): ExperimentRequest {
  const found = base.experiments.find((experiment) => experiment.id === id);
  if (found) return found;
  const first = base.experiments[0]!;
  return { ...first, id, models: [], kernels: [] };
}

/** The requests that the flags name: all of the spec's, or only those they choose. */
function chosen(base: RunSpec, flags: RunFlags, registry: Registry): ExperimentRequest[] {
  const requests: ExperimentRequest[] = [];
  if (flags.model) {
    const template = request(base, flags.experiment ?? MODEL_EXPERIMENT);
    requests.push({ ...template, models: [modelRef(flags.model, registry, flags.dim)], kernels: [] });
  }
  if (flags.kernel) {
    const template = request(base, flags.experiment ?? KERNEL_EXPERIMENT);
    requests.push({ ...template, models: [], kernels: kernelRefs(flags, template) });
  }
  if (requests.length > 0) return requests;
  if (!flags.experiment) return base.experiments;
  const only = base.experiments.filter(({ id }) => id === flags.experiment);
  if (only.length > 0) return only;
  throw new LabError(
    'bad-spec',
    `The spec has no experiment “${flags.experiment}” to choose.`,
    'Say what it measures with --model or --kernel, or choose another --preset.',
  );
}

/**
 * A spec with the command line's choices put in. It keeps its preset's name, and with it the leave to be made
 * smaller on a software adapter, only while nobody has said which sizes to measure.
 */
export function withFlags(base: RunSpec, flags: RunFlags, registry: Registry): RunSpec {
  const { name, ...rest } = base;
  const sized = flags.model ?? flags.kernel ?? flags.batch;
  return parseSpec({
    ...rest,
    ...(name !== undefined && sized === undefined && { name }),
    seed: flags.seed ?? base.seed,
    adapter: flags.adapter ?? base.adapter,
    timeLimitS: flags.timeLimit ?? base.timeLimitS,
    experiments: chosen(base, flags, registry).map((experiment) => ({
      ...experiment,
      engines: flags.engine ?? experiment.engines,
      batches: flags.batch ?? experiment.batches,
      dtypes: flags.dtype ? [flags.dtype] : experiment.dtypes,
    })),
  });
}
