import type { ExperimentRequest, ModelRef, RunSpec } from '../../core/contract';

const SAFE = /^[\w@%+=:,./-]+$/;

function quote(text: string): string {
  return SAFE.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function modelArgument(model: ModelRef): string | null {
  switch (model.from) {
    case 'catalogue':
      return model.id;
    case 'url':
      return model.url;
    case 'file':
      return model.name;
    case 'block':
      return null;
    default:
      return model satisfies never;
  }
}

function argumentsOf({ id, models, kernels, engines, batches, dtypes }: ExperimentRequest): string[] {
  const model = models.map(modelArgument).filter((name) => name !== null);
  return [
    ...(kernels.length > 0 ? [] : ['--experiment', id]),
    ...model.flatMap((name) => ['--model', name]),
    ...kernels.flatMap((kernel) => ['--kernel', kernel.id, '--shape', kernel.shape.join('x')]),
    '--engine',
    engines.join(','),
    ...(batches.length > 0 ? ['--batch', batches.join(',')] : []),
    '--dtype',
    dtypes.join(','),
  ];
}

/** The command line that runs what `spec` says. */
export function commandFor(spec: RunSpec): string {
  const parts = spec.experiments.flatMap(argumentsOf);
  const limit = spec.timeLimitS === null ? [] : ['--time-limit', String(spec.timeLimitS)];
  return ['npx rooflab run', ...[...parts, '--seed', String(spec.seed), ...limit].map(quote)].join(' ');
}
