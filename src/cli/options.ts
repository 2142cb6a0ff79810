import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Dtype, LabError, type ModelRef, type Registry } from '../core/contract';
import { checkId, suggest } from './suggest';

/** `rooflab run`'s options, parsed but not yet checked against what exists. */
export interface RunFlags {
  readonly preset?: string;
  readonly experiment?: string;
  readonly model?: string;
  readonly dim?: Readonly<Record<string, number>>;
  readonly kernel?: readonly string[];
  /** The n-th shape is that of the n-th kernel. */
  readonly shape?: readonly (readonly number[])[];
  readonly dtype?: Dtype;
  readonly engine?: readonly string[];
  readonly batch?: readonly number[];
  readonly seed?: number;
  readonly timeLimit?: number;
  readonly latencyLimit?: number;
  readonly adapter?: 'any' | 'hardware' | 'software';
}

const wholeNumber = (least: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new InvalidArgumentError(`“${text}” is not a whole number of at least ${least}.`);
  }
  return value;
};

export const collect = (value: string, before: readonly string[] = []) => [...before, value];

const parseShape = (text: string, before: readonly (readonly number[])[] = []) => [
  ...before,
  text.split(/[x×,]/).map(wholeNumber(1)),
];
const parseBatches = (text: string) => text.split(',').map(wholeNumber(1));

const parseTime = (unit: string) => (text: string) => {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(`“${text}” is not a number of ${unit}.`);
  }
  return value;
};

const parseDim = (text: string, before: Readonly<Record<string, number>> = {}) => {
  const [, name, size] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !size) throw new InvalidArgumentError(`“${text}” is not NAME=SIZE.`);
  return { ...before, [name]: wholeNumber(1)(size) };
};

/** Parses `csv,md` into formats that exist. */
export const parseFormats =
  <F extends string>(formats: readonly F[]) =>
  (text: string): F[] =>
    text.split(',').map((word) => {
      const format = formats.find((candidate) => candidate === word);
      if (!format) throw new InvalidArgumentError(`“${word}” is none of ${formats.join(', ')}.`);
      return format;
    });

/** Precisions that something measured here has. */
const PRECISIONS: readonly Dtype[] = ['f32', 'f16'];

/** The options that say what to measure. */
export function addSpecOptions(command: Command): Command {
  return command
    .option('--preset <name>', 'start from a preset (default: default)')
    .option('--experiment <id>', 'only this experiment of it')
    .option('--model <id|path|url>', 'a model of the catalogue, an .onnx file, or its address')
    .option(
      '--dim <name=size>',
      'size of a free dimension of the model, or of the block (repeatable)',
      parseDim,
    )
    .option('--kernel <id>', 'a hand-written kernel (repeatable)', collect)
    .option('--shape <AxBxC>', 'its shape (for several kernels one each, in their order)', parseShape)
    .addOption(new Option('--dtype <type>', 'precision').choices(PRECISIONS))
    .option('--engine <id,...>', 'engines; the first is the baseline', (text) => text.split(','))
    .option('--batch <1,2,4>', 'batch sizes', parseBatches)
    .option('--seed <n>', 'seed of weights and inputs', wholeNumber(0))
    .option('--time-limit <s>', 'stop the run after this many seconds', parseTime('seconds'))
    .option(
      '--latency-limit <ms>',
      'look for the best batch under this p99 latency',
      parseTime('milliseconds'),
    )
    .addOption(new Option('--adapter <kind>', 'which GPU').choices(['any', 'hardware', 'software']));
}

/** Where the page finds models of this machine, relative to the site. */
export const LOCAL = 'local/';

/** The catalogue's entry that is built, not fetched: its sizes stand in the spec. */
export const BLOCK = 'block';

/** Address of a model of this machine. Of its name only what would end or change a path is escaped: people read it. */
export const localUrl = (path: string) => `${LOCAL}${basename(path).replace(/[%#?\\]/g, encodeURIComponent)}`;

/** What `--model` names: a catalogue id, an address, or a file of this machine. */
export function modelRef(model: string, registry: Registry, dim?: RunFlags['dim']): ModelRef {
  const dims = dim ? { dims: { ...dim } } : {};
  const ids = registry.models.map(({ id }) => id);
  if (ids.includes(model)) return { from: 'catalogue', id: model, ...dims };
  if (/^https?:\/\//.test(model)) return { from: 'url', url: model, ...dims };
  if (existsSync(model) && statSync(model).isFile()) {
    return { from: 'url', url: localUrl(model), ...dims };
  }
  const near = suggest(model, ids);
  throw new LabError(
    'model-unavailable',
    `“${model}” is neither a model of the catalogue nor a file.`,
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : `Give the path of an .onnx file, its http(s) address, or one of: ${ids.join(', ')}.`,
  );
}

/** Refuses ids that do not exist, before a browser is started. */
export function checkFlags(flags: RunFlags, registry: Registry): void {
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  if (flags.preset) checkId('preset', flags.preset, ids(registry.presets));
  if (flags.experiment) checkId('experiment', flags.experiment, ids(registry.experiments));
  for (const engine of flags.engine ?? []) checkId('engine', engine, ids(registry.engines));
  if (flags.model) modelRef(flags.model, registry);
  for (const kernel of flags.kernel ?? []) checkId('kernel', kernel, ids(registry.kernels));
  checkShapes(flags, registry);
}

function checkShapes({ kernel = [], shape = [] }: RunFlags, registry: Registry): void {
  if (shape.length > kernel.length) {
    throw new LabError('bad-spec', '--shape belongs to a kernel.', 'Add --kernel ID.');
  }
  if (shape.length > 0 && shape.length < kernel.length) {
    throw new LabError(
      'bad-spec',
      `There are ${kernel.length} kernels and ${shape.length} shapes.`,
      'Give each --kernel a --shape, or none of them.',
    );
  }
  for (const [index, sizes] of shape.entries()) {
    const { id, dims } = registry.kernels.find((one) => one.id === kernel[index])!;
    if (sizes.length === dims.length) continue;
    throw new LabError(
      'bad-spec',
      `${id} takes ${dims.length} sizes: ${dims.join(', ')}.`,
      `Write --shape ${dims.map(() => '64').join('x')}, for example.`,
    );
  }
}
