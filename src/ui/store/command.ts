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

/** One list of arguments for each command: it takes one model and one precision, but any number of kernels. */
function argumentsOf(request: ExperimentRequest, latencyLimitMs: number): string[][] {
  const { id, models, kernels, engines, batches, dtypes } = request;
  const batch = batches.length > 0 ? ['--batch', batches.join(',')] : [];
  const limit = ['--latency-limit', String(latencyLimitMs)];
  const what = [
    ...models.map((model) => [...modelArguments(model), ...limit]),
    ...(kernels.length > 0 ? [kernels.flatMap(kernelArguments)] : []),
  ];
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
    .flatMap((request) => argumentsOf(request, spec.latencyLimitMs))
    .map((parts) => [...parts, '--seed', String(spec.seed), ...limit].map(quote))
    .map((parts) => ['rooflab run', ...parts].join(' '))
    .join('\n');
}
