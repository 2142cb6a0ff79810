import type { RunResult } from './core';

export const REPORTS = [
  {
    id: 'json',
    title: 'JSON',
    extension: 'json',
    type: 'application/json',
    write: (r: RunResult) => JSON.stringify(r, null, 1),
  },
];
export function linkFor(result: RunResult): string {
  return `${location.origin}/#r=${result.id}`;
}
