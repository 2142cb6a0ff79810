import { LabError, type PlannedCase, type RunSpec, remember } from './contract';
import { engineById } from './engines';
import { experimentById } from './experiments';

/**
 * The cases of a spec, in the order to run them.
 * @throws LabError `bad-spec` for unknown ids, for no case, and for the same case twice.
 */
export function plan(spec: RunSpec): PlannedCase[] {
  const planned = spec.experiments.flatMap((request) => {
    for (const id of request.engines) engineById(id);
    return experimentById(request.id).cases(request, spec);
  });
  const ids = new Set(planned.map((c) => c.id));
  if (planned.length === 0 || ids.size < planned.length) {
    throw new LabError(
      'bad-spec',
      planned.length === 0 ? 'The spec has no cases.' : 'The spec asks for the same case twice.',
      'Name at least one model or kernel and one engine, each once.',
    );
  }
  return planned;
}

/** Cases by group, in order of first appearance. */
export function groupsOf(planned: readonly PlannedCase[]): PlannedCase[][] {
  const groups = new Map<string, PlannedCase[]>();
  for (const c of planned) remember(groups, c.group, (): PlannedCase[] => []).push(c);
  return [...groups.values()];
}
