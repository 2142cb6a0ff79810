import {
  type Environment,
  type ErrorReport,
  fromErrorReport,
  LabError,
  type ModelRef,
  type ModelSignature,
  type RunEvent,
  type RunnerOptions,
  type RunResult,
  type RunSpec,
} from '../core';
import type { Files, Reply, Request } from './protocol';

export interface RunOptions extends Partial<RunnerOptions> {
  readonly files?: Files;
  onEvent(event: RunEvent): void;
}

export interface RunHandle {
  /** Ends the run after the sample in flight; `done` still resolves, with what was measured. */
  cancel(): void;
  /** @throws LabError when the run could not start or the worker died. */
  readonly done: Promise<RunResult>;
}

type RequestBody = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

/**
 * A run that was cancelled and has not ended by then hangs in a driver or a runtime: its worker is given up.
 * Compiling a model's shaders cannot be broken off and takes half a minute on a slow machine.
 */
const CANCEL_PATIENCE_MS = 60_000;

const HUNG: ErrorReport = {
  code: 'cancelled',
  message: 'The run did not end when it was cancelled, so it was broken off; cases in flight are lost.',
  next: 'Finished cases are kept. If it repeats with one case, leave that case out.',
};

/** The main thread's side of the worker. One run at a time. */
export class LabClient {
  #worker: Worker;
  readonly #listeners = new Map<number, (reply: Reply) => void>();
  #next = 1;

  constructor() {
    this.#worker = this.#spawn();
    document.addEventListener('visibilitychange', () => this.#tellVisibility());
    this.#tellVisibility();
  }

  #spawn(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'rooflab' });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#listeners.get(data.id)?.(data);
    worker.onerror = (event) =>
      this.#replace({
        code: 'internal',
        message: `The worker failed: ${event.message || 'it did not load'}`,
        next: 'Reload the page; if it repeats, report it with the browser version.',
      });
    return worker;
  }

  /** Ends whatever waits for the worker with an error, and starts a new one. */
  #replace(error: ErrorReport): void {
    this.#worker.terminate();
    for (const [id, listen] of [...this.#listeners]) listen({ id, type: 'error', error });
    this.#listeners.clear();
    this.#worker = this.#spawn();
    this.#tellVisibility();
  }

  #tellVisibility(): void {
    this.#post({ type: 'visibility', hidden: document.hidden });
  }

  /** Opens and calibrates a device, without running anything. */
  async probe(adapter: RunSpec['adapter'] = 'any'): Promise<Environment> {
    const reply = await this.#ask({ type: 'probe', adapter }, 'probed');
    return reply.environment;
  }

  /** @throws LabError `bad-model` or `model-unavailable`. */
  async inspect(model: ModelRef, files: Files = []): Promise<ModelSignature> {
    const reply = await this.#ask({ type: 'inspect', model, files }, 'inspected');
    return reply.signature;
  }

  run(
    spec: RunSpec,
    { files = [], resume = [], crashed = [], shrink = false, onEvent }: RunOptions,
  ): RunHandle {
    const done = new Promise<RunResult>((resolve, reject) => {
      const id = this.#post({ type: 'run', spec, files, options: { resume, crashed, shrink } });
      this.#listeners.set(id, (reply) => {
        if (reply.type === 'error') {
          this.#listeners.delete(id);
          reject(fromErrorReport(reply.error));
        } else if (reply.type === 'event') {
          onEvent(reply.event);
          if (reply.event.type !== 'finished') return;
          this.#listeners.delete(id);
          resolve(reply.event.result);
        }
      });
    });
    let ended = false;
    const end = () => {
      ended = true;
    };
    done.then(end, end);
    const cancel = () => {
      this.#post({ type: 'cancel' });
      setTimeout(() => {
        if (!ended) this.#replace(HUNG);
      }, CANCEL_PATIENCE_MS);
    };
    return { cancel, done };
  }

  #post(body: RequestBody): number {
    const id = this.#next++;
    this.#worker.postMessage({ id, ...body });
    return id;
  }

  #ask<T extends Reply['type']>(body: RequestBody, type: T): Promise<Extract<Reply, { type: T }>> {
    return new Promise((resolve, reject) => {
      const id = this.#post(body);
      this.#listeners.set(id, (reply) => {
        this.#listeners.delete(id);
        if (reply.type === type) resolve(reply as Extract<Reply, { type: T }>);
        else if (reply.type === 'error') reject(fromErrorReport(reply.error));
        else reject(new LabError('internal', `Unexpected reply ${reply.type}.`, 'Reload the page.'));
      });
    });
  }
}
