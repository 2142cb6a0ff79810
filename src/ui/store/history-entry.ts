import type { RunResult } from '../../core';
import { gpuName } from '../environment';
import type { HistoryEntry } from './history';

function workloads(result: RunResult): string {
  const names = new Set(result.cases.map((c) => c.workload.id));
  return [...names].slice(0, 4).join(', ');
}

/** The row of a result in the list; its name says what was measured until someone gives a better one. */
export function historyEntry(result: RunResult): HistoryEntry {
  return {
    id: result.id,
    name: workloads(result) || 'no cases',
    startedAt: result.startedAt,
    durationS: result.durationS,
    experiments: result.spec.experiments.map((request) => request.id),
    gpu: gpuName(result.environment),
    software: result.environment.adapter?.software ?? false,
    ok: result.cases.filter((c) => c.outcome.status === 'ok').length,
    cases: result.cases.length,
  };
}
