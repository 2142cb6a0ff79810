import { LabError } from '../contract';
import { batch } from './batch';
import type { Experiment } from './experiment';
import { fusion } from './fusion';

export type { Experiment } from './experiment';
export * from './presets';

/** Every question the lab asks; a line here puts it into menus, the command line and results. */
export const EXPERIMENTS = [batch, fusion] as const satisfies readonly Experiment[];

/** @throws LabError `bad-spec` for an id that no experiment has. */
export function experimentById(id: string): Experiment {
  const experiment = EXPERIMENTS.find((e) => e.id === id);
  if (experiment) return experiment;
  throw new LabError(
    'bad-spec',
    `There is no experiment "${id}".`,
    `Choose one of ${EXPERIMENTS.map((e) => e.id).join(', ')}.`,
  );
}
