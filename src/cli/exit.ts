import type { ErrorCode, RunResult } from '../core/contract';

/** What a program that calls us can rely on. */
export const EXIT = { done: 0, caseFailed: 1, badInput: 2, noBrowser: 3 } as const;

const BAD_INPUT: readonly ErrorCode[] = [
  'bad-spec',
  'bad-result',
  'newer-version',
  'bad-link',
  'bad-model',
  'model-unavailable',
];
const NO_BROWSER: readonly ErrorCode[] = ['no-webgpu', 'no-adapter', 'software-adapter', 'browser-missing'];

export function exitCodeOfError(code: ErrorCode): number {
  if (BAD_INPUT.includes(code)) return EXIT.badInput;
  return NO_BROWSER.includes(code) ? EXIT.noBrowser : EXIT.caseFailed;
}

/** Unsupported cases are answers, not failures; but without an adapter nothing but them is no run. */
export function exitCodeOfResult({ cases, environment }: RunResult): number {
  const statuses = cases.map(({ outcome }) => outcome.status);
  if (statuses.some((status) => status !== 'ok' && status !== 'unsupported')) return EXIT.caseFailed;
  return environment.adapter === null && !statuses.includes('ok') ? EXIT.noBrowser : EXIT.done;
}
