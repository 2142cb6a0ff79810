import * as v from 'valibot';
import {
  BlockConfigSchema,
  type ExperimentRequest,
  LabError,
  type ModelRef,
  parseSpec,
  type Registry,
  type RunSpec,
} from '../core/contract';
import { BLOCK, modelRef, type RunFlags } from './options';

/** Where a model or a kernel goes when no experiment is named. */
const MODEL_EXPERIMENT = 'batch';
const KERNEL_EXPERIMENT = 'fusion';

const isBlock = (ref: ModelRef) => ref.from === 'block';

/** The request to take the unsaid from: of the spec, or one of this experiment with nothing to measure yet. */
function template(
  base: RunSpec,
  id: string,
  prefer: (request: ExperimentRequest) => boolean = () => true,
): ExperimentRequest {
  const own = base.experiments.filter((request) => request.id === id);
  return own.find(prefer) ?? own[0] ?? { ...base.experiments[0]!, id };
}

/** The block of the spec, with sizes that `--dim` gives. */
function blockRef(request: ExperimentRequest, dim: RunFlags['dim']): ModelRef {
  const known = request.models.find(isBlock);
  const block = v.safeParse(BlockConfigSchema, { ...(known?.from === 'block' && known.block), ...dim });
  if (block.success) return { from: 'block', block: block.output };
  const sizes = Object.keys(BlockConfigSchema.entries);
  throw new LabError(
    'bad-spec',
    'The spec does not say how large the block is.',
    `Add ${sizes.map((name) => `--dim ${name}=N`).join(' ')}.`,
  );
}

function modelRequest(base: RunSpec, flags: RunFlags, registry: Registry): ExperimentRequest {
  const id = flags.experiment ?? MODEL_EXPERIMENT;
  if (flags.model !== BLOCK) {
    return { ...template(base, id), models: [modelRef(flags.model!, registry, flags.dim)], kernels: [] };
  }
  const request = template(base, id, ({ models }) => models.some(isBlock));
  return { ...request, models: [blockRef(request, flags.dim)], kernels: [] };
}

function kernelRequest(base: RunSpec, flags: RunFlags): ExperimentRequest {
  const request = template(base, flags.experiment ?? KERNEL_EXPERIMENT);
  const kernels = flags.kernel!.flatMap((id, index) => {
    const shape = flags.shape?.[index];
    const found = shape ? [{ id, shape: [...shape] }] : request.kernels.filter((known) => known.id === id);
    if (found.length > 0) return found;
    throw new LabError('bad-spec', `No shape is known for ${id}.`, 'Add --shape AxBxC.');
  });
  return { ...request, models: [], kernels };
}

/** The requests that the flags name: all of the spec's, or only those they choose. */
function chosen(base: RunSpec, flags: RunFlags, registry: Registry): ExperimentRequest[] {
  const requests: ExperimentRequest[] = [];
  if (flags.model) requests.push(modelRequest(base, flags, registry));
  if (flags.kernel) requests.push(kernelRequest(base, flags));
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

/** Whether the flags say how large the work is. The block without sizes is the preset's own. */
const areSized = ({ shape, dim, model }: RunFlags) =>
  shape !== undefined || dim !== undefined || (model !== undefined && model !== BLOCK);

/**
 * A spec with the command line's choices put in. A preset keeps its name, its time limit, and the leave to be
 * made smaller on a software adapter, only while nobody has said how large the work is.
 */
export function withFlags(base: RunSpec, flags: RunFlags, registry: Registry): RunSpec {
  const { name, timeLimitS, ...rest } = base;
  const preset = name !== undefined && !areSized(flags);
  return parseSpec({
    ...rest,
    ...(preset && { name }),
    seed: flags.seed ?? base.seed,
    adapter: flags.adapter ?? base.adapter,
    timeLimitS: flags.timeLimit ?? (name === undefined || preset ? timeLimitS : null),
    latencyLimitMs: flags.latencyLimit ?? base.latencyLimitMs,
    experiments: chosen(base, flags, registry).map((experiment) => ({
      ...experiment,
      engines: flags.engine ?? experiment.engines,
      batches: flags.batch ?? experiment.batches,
      dtypes: flags.dtype ? [flags.dtype] : experiment.dtypes,
    })),
  });
}
