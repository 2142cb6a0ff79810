import type { ExperimentRequest, KernelRef, ModelRef, RunSpec } from '../../core';

const SAFE = /^[\w@%+=:,./-]+$/;

function quote(text: string): string {
  return SAFE.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const dims = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).flatMap(([name, size]) => ['--dim', `${name}=${size}`]);

function modelArguments(model: ModelRef): string[] {
  switch (model.from) {
    case 'catalogue':
      return ['--model', model.id, ...dims(model.dims ?? {})];
    case 'url':
      return ['--model', model.url, ...dims(model.dims ?? {})];
    case 'file':
      return ['--model', model.name, ...dims(model.dims ?? {})];
    case 'block':
      return ['--model', 'block', ...dims(model.block)];
    default:
      return model satisfies never;
  }
}

const kernelArguments = ({ id, shape }: KernelRef) => ['--kernel', id, '--shape', shape.join('x')];

/** One list of arguments for each thing measured: the command takes one model or kernel at a time. */
function argumentsOf({ id, models, kernels, engines, batches, dtypes }: ExperimentRequest): string[][] {
  const batch = batches.length > 0 ? ['--batch', batches.join(',')] : [];
  const what = [...models.map(modelArguments), ...kernels.map(kernelArguments)];
  return what.flatMap((which) =>
    dtypes.map((dtype) => [
      '--experiment',
      id,
      ...which,
      '--engine',
      engines.join(','),
      ...batch,
      '--dtype',
      dtype,
    ]),
  );
}

/** The command lines that run what `spec` says, one a line. */
export function commandFor(spec: RunSpec): string {
  const limit = spec.timeLimitS === null ? [] : ['--time-limit', String(spec.timeLimitS)];
  return spec.experiments
    .flatMap(argumentsOf)
    .map((parts) => [...parts, '--seed', String(spec.seed), ...limit].map(quote))
    .map((parts) => ['rooflab run', ...parts].join(' '))
    .join('\n');
}
