import type { CaseResult, Environment, RunEvent, RunResult, RunSpec, Stage } from '../../core';

/** A run in flight, as far as its events have told. */
export interface Running {
  readonly experiment: string;
  readonly spec: RunSpec;
  readonly startedAt: string;
  readonly environment: Environment | null;
  readonly planned: readonly string[];
  readonly cases: readonly CaseResult[];
  /** What is being done now, and to which cases. */
  readonly stage: { readonly name: Stage; readonly caseIds: readonly string[] } | null;
  /** Share of the run, 0…1. */
  readonly done: number;
  readonly etaS: number | null;
  readonly clock: number | null;
  readonly notices: readonly string[];
  readonly cancelling: boolean;
}

export function startRunning(
  experiment: string,
  spec: RunSpec,
  startedAt: string,
  environment: Environment | null,
): Running {
  return {
    experiment,
    spec,
    startedAt,
    environment,
    planned: [],
    cases: [],
    stage: null,
    done: 0,
    etaS: null,
    clock: null,
    notices: [],
    cancelling: false,
  };
}

/** The state after an event. `finished` and `error` end a run and are left to whoever holds its promise. */
export function advance(running: Running, event: RunEvent): Running {
  switch (event.type) {
    case 'environment':
      return { ...running, environment: event.environment };
    case 'notice':
      return { ...running, notices: [...running.notices, event.message] };
    case 'planned':
      return { ...running, planned: event.caseIds };
    case 'stage':
      return { ...running, stage: { name: event.stage, caseIds: event.caseIds } };
    case 'progress':
      return { ...running, done: Math.max(running.done, event.done), etaS: event.etaS };
    case 'clock':
      return { ...running, clock: event.share };
    case 'case':
      return {
        ...running,
        cases: [...running.cases.filter((c) => c.id !== event.result.id), event.result],
      };
    case 'finished':
    case 'error':
      return running;
    default:
      return event satisfies never;
  }
}

/** What is measured so far in the form of a result, so that a filling chart is drawn like a finished one. */
export function partialResult(
  { spec, cases, startedAt }: Pick<Running, 'spec' | 'cases' | 'startedAt'>,
  environment: Environment,
): RunResult {
  return {
    schema: 'rooflab.result',
    version: 1,
    id: `running-${startedAt}`,
    startedAt,
    durationS: 0,
    spec,
    environment,
    cases: [...cases],
    comparisons: [],
    findings: [],
  };
}
