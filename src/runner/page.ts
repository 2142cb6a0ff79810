/** The core without React, for headless runs: what the CLI drives through `window.rooflab`. */
import { type CaseResult, type Environment, PRESETS, type RunSpec, toErrorReport } from '../core';
import { LabClient, type RunHandle } from './client';

export interface RunnerApi {
  probe(adapter: RunSpec['adapter']): Promise<Environment>;
  presetSpec(id: string): RunSpec | null;
  /** Resolves when the run ended; everything it has to tell goes through `window.rooflabEvent`. */
  run(spec: RunSpec, options: { resume: CaseResult[]; shrink: boolean }): Promise<void>;
  cancel(): void;
}

declare global {
  interface Window {
    rooflab: RunnerApi;
    /** Put there by the driver before the page loads. */
    rooflabEvent(event: unknown): Promise<void>;
  }
}

const client = new LabClient();
let handle: RunHandle | null = null;

window.rooflab = {
  probe: (adapter) => client.probe(adapter),
  presetSpec: (id) => PRESETS.find((preset) => preset.id === id)?.spec ?? null,
  async run(spec, options) {
    // Events arrive in order, and the last one before this resolves.
    let sent = Promise.resolve();
    const send = (event: unknown) => {
      sent = sent.then(() => window.rooflabEvent(event));
    };
    handle = client.run(spec, { ...options, onEvent: send });
    try {
      await handle.done;
    } catch (error) {
      send({ type: 'error', error: toErrorReport(error) });
    }
    await sent;
  },
  cancel: () => handle?.cancel(),
};
