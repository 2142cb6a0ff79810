import { CANCELLED, type ErrorCode, type Outcome, type RunResult } from '../core/contract';

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
const NO_BROWSER: readonly ErrorCode[] = ['no-adapter', 'software-adapter', 'browser-missing'];

export function exitCodeOfError(code: ErrorCode): number {
  if (BAD_INPUT.includes(code)) return EXIT.badInput;
  return NO_BROWSER.includes(code) ? EXIT.noBrowser : EXIT.caseFailed;
}

/** Cases that a time limit cut off were not asked for any longer; those that the user cut off were. */
function isFailure(outcome: Outcome): boolean {
  if (outcome.status === 'interrupted') return outcome.reason === CANCELLED;
  return outcome.status === 'failed' || outcome.status === 'wrong';
}

/** Unsupported cases are answers, not failures; but without an adapter nothing but them is no run. */
export function exitCodeOfResult({ cases, environment }: RunResult): number {
  if (cases.some(({ outcome }) => isFailure(outcome))) return EXIT.caseFailed;
  const measured = cases.some(({ outcome }) => outcome.status === 'ok');
  return environment.adapter === null && !measured ? EXIT.noBrowser : EXIT.done;
}
