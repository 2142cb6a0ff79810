import { LabError, type Registry, type RunSpec } from '../core/contract';
import { LOCAL, localUrl, modelRef } from './options';

/** Flags that do not change what is measured: where Chrome is, and what becomes of the result. */
const FREE = ['resume', 'chrome', 'chromeArg', 'headed', 'format', 'json', 'pageUrl'];

const asOption = (flag: string) => `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Refuses what would measure something else than the run to go on with. Only a model of this machine is named
 * again: a saved spec knows its file's name, not its folder.
 * @throws LabError `bad-spec` or `model-unavailable`
 */
export function checkResume(
  spec: RunSpec,
  specFile: string | undefined,
  flags: { readonly model?: string },
  registry: Registry,
): void {
  const refs = spec.experiments.flatMap(({ models }) => models);
  const local = refs.flatMap((ref) => (ref.from === 'url' && ref.url.startsWith(LOCAL) ? [ref.url] : []));
  const free = local.length > 0 ? [...FREE, 'model'] : FREE;
  const refused = Object.keys(flags)
    .filter((flag) => !free.includes(flag))
    .map(asOption);
  if (specFile !== undefined) refused.unshift(specFile);
  if (refused.length > 0) {
    throw new LabError(
      'bad-spec',
      `--resume goes on with what was begun: ${refused.join(', ')} would change it.`,
      'Leave it out, or start a run without --resume.',
    );
  }
  if (local.length === 0) return;
  const name = decodeURIComponent(local[0]!.slice(LOCAL.length));
  if (flags.model === undefined) {
    throw new LabError(
      'model-unavailable',
      `The run measures the file ${name} of this machine.`,
      'Add --model PATH again.',
    );
  }
  modelRef(flags.model, registry);
  if (localUrl(flags.model) === local[0]) return;
  throw new LabError('bad-spec', `The run measures the file ${name}, not ${flags.model}.`, 'Name that file.');
}
