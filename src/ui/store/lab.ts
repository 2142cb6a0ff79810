import type { Environment, ModelRef, ModelSignature, RunEvent, RunResult, RunSpec } from '../../core';

export interface RunHandle {
  cancel(): void;
  /** Resolves with the result, whose unfinished cases are `interrupted`; rejects with a LabError. */
  readonly done: Promise<RunResult>;
}

/** The measuring side as the page sees it: the worker's client in the product, a script in tests. */
export interface Lab {
  probe(): Promise<Environment>;
  inspect(model: ModelRef, files: readonly File[]): Promise<ModelSignature>;
  run(spec: RunSpec, options: { files: readonly File[]; onEvent(event: RunEvent): void }): RunHandle;
}
