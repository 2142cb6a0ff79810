import {
  type CaseResult,
  type Environment,
  type ErrorReport,
  fromErrorReport,
  LabError,
  type RunEvent,
  type RunResult,
  type RunSpec,
} from '../core/contract';
import { differences } from './comparable';
import type { Session } from './session';

/** A browser that crashes more often than this will not get through. */
const MAX_CRASHES = 3;

export interface MeasureOptions {
  readonly resume: readonly CaseResult[];
  /** Where those were measured: the others must be, too. */
  readonly environment: Environment | null;
  readonly shrink: boolean;
  /** Opens a new browser in place of one that crashed. */
  readonly reopen: () => Promise<Session>;
  readonly onEvent: (event: RunEvent) => void;
  readonly note: (message: string) => void;
}

/** Cases of one result come from one environment (method.md 10). */
function otherEnvironment(reopened: boolean, before: Environment, now: Environment): LabError | null {
  const found = differences(before, now);
  if (found.length === 0) return null;
  const what = `the environment is another: ${found.join('; ')}.`;
  return reopened
    ? new LabError(
        'browser-crashed',
        `After the crash of the browser ${what} The cases done are kept.`,
        'Once the first environment is back: rooflab run --resume.',
      )
    : new LabError(
        'bad-spec',
        `This run cannot be gone on with, ${what}`,
        'Bring the first environment back, or start a run without --resume.',
      );
}

/**
 * Runs a spec to its end. When the browser crashes, the cases in flight are recorded as failed and a new
 * browser goes on with the rest.
 * @throws LabError `browser-crashed` when that happened more than three times or led to another environment,
 *   `bad-spec` when the cases resumed are of another environment, or what the page reported
 */
export async function measure(session: Session, spec: RunSpec, options: MeasureOptions): Promise<RunResult> {
  const finished = [...options.resume];
  const crashed: string[] = [];
  let current = session;
  let { environment } = options;
  let refusal: LabError | null = null;
  let inFlight: readonly string[] = [];
  let ended: RunResult | undefined;
  let problem: ErrorReport | undefined;
  const onEvent = (event: RunEvent): void => {
    if (refusal) return;
    if (event.type === 'environment') {
      refusal = environment && otherEnvironment(current !== session, environment, event.environment);
      if (refusal) return void current.cancel();
      environment = event.environment;
    }
    if (event.type === 'stage') inFlight = event.caseIds;
    if (event.type === 'case') finished.push(event.result);
    if (event.type === 'finished') ended = event.result;
    if (event.type === 'error') problem = event.error;
    options.onEvent(event);
  };
  for (let crashes = 0; ; crashes++) {
    try {
      await current.run(spec, { resume: finished, crashed, shrink: options.shrink }, onEvent);
      break;
    } catch (error) {
      const isCrash = error instanceof LabError && error.code === 'browser-crashed';
      if (!isCrash || crashes === MAX_CRASHES) throw error;
      const done = new Set(finished.map(({ id }) => id));
      const lost = inFlight.filter((id) => !done.has(id));
      crashed.push(...lost);
      inFlight = [];
      const where = lost.length > 0 ? ` in ${lost.join(', ')}` : '';
      options.note(`The browser crashed${where}; going on with a new one.`);
      current = await options.reopen();
    }
  }
  if (refusal) throw refusal;
  if (problem) throw fromErrorReport(problem);
  if (ended) return ended;
  throw new LabError('internal', 'The page ended without a result.', 'Please report this as a defect.');
}
