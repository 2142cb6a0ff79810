/** Messages between the page and the worker in which the core runs. */
import type {
  Environment,
  ErrorReport,
  ModelRef,
  ModelSignature,
  RunEvent,
  RunnerOptions,
  RunSpec,
} from '../core';

/** Models and external weights that the user handed over. */
export type Files = readonly File[];

export type Request =
  | { readonly id: number; readonly type: 'probe'; readonly adapter: RunSpec['adapter'] }
  | { readonly id: number; readonly type: 'inspect'; readonly model: ModelRef; readonly files: Files }
  | {
      readonly id: number;
      readonly type: 'run';
      readonly spec: RunSpec;
      readonly options: RunnerOptions;
      readonly files: Files;
    }
  | { readonly id: number; readonly type: 'cancel' }
  | { readonly id: number; readonly type: 'visibility'; readonly hidden: boolean };

export type Reply =
  | { readonly id: number; readonly type: 'probed'; readonly environment: Environment }
  | { readonly id: number; readonly type: 'inspected'; readonly signature: ModelSignature }
  | { readonly id: number; readonly type: 'event'; readonly event: RunEvent }
  | { readonly id: number; readonly type: 'error'; readonly error: ErrorReport };
