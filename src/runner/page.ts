/** The core without React, for headless runs: what the CLI drives through `window.rooflab`. */
import { PRESETS, type RunEvent, type RunnerPage, toErrorReport } from '../core';
import { LabClient, type RunHandle } from './client';

declare global {
  interface Window {
    rooflab: RunnerPage;
    /** Put there by the driver before the page loads. */
    rooflabEvent(event: RunEvent): Promise<void>;
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
    const send = (event: RunEvent) => {
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
