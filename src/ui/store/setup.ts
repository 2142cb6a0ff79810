import type { BlockConfig, Dtype, ExperimentRequest, ModelRef, RunSpec, Sampling } from '../../core';
import { type Parsed, parseBatches, parsePositive, parseShape, parseWhole } from './parse';

export type ExperimentId = 'batch' | 'fusion';

/** The setup bar as it stands: texts as typed, so that a half-typed number is never lost. */
export interface Setup {
  /** A catalogue id, or where else the model comes from. */
  readonly model: string | 'block' | 'file' | 'url';
  readonly block: Readonly<Record<keyof BlockConfig, string>>;
  readonly dtype: Dtype;
  readonly url: string;
  readonly files: readonly File[];
  /** Sizes typed for free dimensions, by name; what is not here has the model's own default. */
  readonly dims: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<ExperimentId, readonly string[]>>;
  readonly batches: string;
  readonly latencyLimit: string;
  readonly timeLimit: string;
  readonly kernels: readonly KernelRow[];
  /** Not on the bar: they come from the preset, or from a result whose run is repeated. */
  readonly seed: number;
  readonly sampling: Sampling;
}

/** A kernel to run, at a shape as typed; `dims` names the shape's numbers. */
export interface KernelRow {
  readonly id: string;
  readonly dims: readonly string[];
  readonly shape: string;
}

export type Problems = Readonly<Record<string, string>>;

export const BLOCK_FIELDS = [
  'hidden',
  'heads',
  'inner',
  'layers',
  'sequence',
] as const satisfies readonly (keyof BlockConfig)[];

/** Our kernels compute the block; a model file they cannot. */
export function computes(engine: string, model: string): boolean {
  return engine !== 'wgsl' || model === 'block';
}

/** The setup with another model, and with the engines that can compute it. */
export function withModel(setup: Setup, model: string): Setup {
  const others = setup.engines.batch.filter((engine) => engine !== 'wgsl');
  const batch = computes('wgsl', model) ? [...others, 'wgsl'] : others;
  return { ...setup, model, dims: {}, engines: { ...setup.engines, batch } };
}

/** Collects what is wrong by field, and goes on, so that all of it is said at once. */
class Form {
  readonly problems: Record<string, string> = {};
  read<T>(field: string, parsed: Parsed<T>, otherwise: T): T {
    if (parsed.problem === undefined) return parsed.value;
    this.problems[field] = parsed.problem;
    return otherwise;
  }
}

function readBlock(setup: Setup, form: Form): BlockConfig {
  const sizes = BLOCK_FIELDS.map((field) => [
    field,
    form.read(`block.${field}`, parseWhole(setup.block[field], field), 1),
  ]);
  const block = Object.fromEntries(sizes) as unknown as BlockConfig;
  if (block.hidden % block.heads !== 0) {
    form.problems['block.heads'] ??= `${block.hidden} is not divisible by ${block.heads} heads.`;
  }
  return block;
}

/** The chosen model, or null with a problem in `form`. */
function readModel(setup: Setup, form: Form): ModelRef | null {
  if (setup.model === 'block') return { from: 'block', block: readBlock(setup, form) };
  const sizes = Object.entries(setup.dims).map(([name, text]) => [
    name,
    form.read(`dims.${name}`, parseWhole(text, name), 1),
  ]);
  const dims = sizes.length > 0 ? { dims: Object.fromEntries(sizes) as Record<string, number> } : {};
  if (setup.model === 'file') {
    const model = setup.files.find((file) => file.name.toLowerCase().endsWith('.onnx'));
    if (model) return { from: 'file', name: model.name, ...dims };
    form.problems.model = 'Choose an .onnx file, or drop one anywhere on the page.';
    return null;
  }
  if (setup.model === 'url') {
    if (URL.canParse(setup.url)) return { from: 'url', url: setup.url, ...dims };
    form.problems.url = 'Give the full address of an .onnx file, starting with https://';
    return null;
  }
  return { from: 'catalogue', id: setup.model, ...dims };
}

/** The model as far as it is known, for looking into it before a run; null while the fields are incomplete. */
export function chosenModel(setup: Setup): ModelRef | null {
  const form = new Form();
  const ref = readModel({ ...setup, dims: {} }, form);
  return Object.keys(form.problems).length === 0 ? ref : null;
}

function requestFor(experiment: ExperimentId, setup: Setup, form: Form): ExperimentRequest {
  const engines = [...setup.engines[experiment]];
  if (engines.length === 0) form.problems.engines = 'Choose at least one engine.';
  // A file has the precision it was written with.
  const dtype = experiment === 'fusion' || setup.model === 'block' ? setup.dtype : 'f32';
  const common = { id: experiment, engines, dtypes: [dtype] };
  if (experiment === 'batch') {
    const model = readModel(setup, form);
    const batches = form.read('batches', parseBatches(setup.batches), []);
    return { ...common, models: model ? [model] : [], kernels: [], batches };
  }
  const kernels = setup.kernels.map((row, i) => ({
    id: row.id,
    shape: form.read(`kernels.${i}`, parseShape(row.shape, row.dims), []),
  }));
  if (kernels.length === 0) form.problems.kernels = 'Add at least one kernel.';
  return { ...common, models: [], kernels, batches: [] };
}

/** The spec of what the setup asks, or what keeps it from being one, by field. */
export function specOf(
  experiment: ExperimentId,
  setup: Setup,
): { readonly spec: RunSpec | null; readonly problems: Problems } {
  const form = new Form();
  const request = requestFor(experiment, setup, form);
  const latencyLimitMs = form.read('latencyLimit', parsePositive(setup.latencyLimit, 'milliseconds'), 1);
  const timeLimitS =
    setup.timeLimit.trim() === ''
      ? null
      : form.read('timeLimit', parsePositive(setup.timeLimit, 'seconds'), 1);
  if (Object.keys(form.problems).length > 0) return { spec: null, problems: form.problems };
  const spec: RunSpec = {
    schema: 'rooflab.spec',
    version: 1,
    seed: setup.seed,
    adapter: 'any',
    timeLimitS,
    latencyLimitMs,
    sampling: setup.sampling,
    experiments: [request],
  };
  return { spec, problems: {} };
}
