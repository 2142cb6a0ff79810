import { type MetricDefinition, measured, withheld } from './metric';

function once<const Id extends string>(id: Id, title: string, column: 'createNs' | 'firstNs') {
  return {
    id,
    title,
    better: 'lower',
    compute({ samples }) {
      const ns = samples[column];
      return ns === null ? withheld('ns', 'not measured') : measured(ns, 'ns', null, 1);
    },
  } as const satisfies MetricDefinition & { id: Id };
}

/** Creating the session, or the pipelines. */
export const coldCreate = once('cold.create', 'Cold: creation', 'createNs');
/** The first run after it, with shader compilation. */
export const coldFirst = once('cold.first', 'Cold: first run', 'firstNs');
