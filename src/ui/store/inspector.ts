import { type ModelSignature, toErrorReport } from '../../core';
import type { Lab } from './lab';
import { chosenModel, type Setup } from './setup';
import type { Inspection } from './state';

/** An address is looked at when typing has paused. */
const TYPING_MS = 400;

interface Watched {
  readonly setup: Setup;
  readonly inspection: Inspection;
}

/** Looks into the chosen model whenever asked; a slow answer about an earlier choice is ignored. */
export function createInspector(
  lab: Lab,
  get: () => Watched,
  set: (change: Partial<Watched>) => void,
): () => Promise<void> {
  let looks = 0;
  return async () => {
    const look = ++looks;
    const ref = chosenModel(get().setup);
    if (!ref || ref.from === 'block') {
      set({ inspection: { state: 'none' } });
      return;
    }
    set({ inspection: { state: 'reading' } });
    if (ref.from === 'url') await new Promise((resolve) => setTimeout(resolve, TYPING_MS));
    if (look !== looks) return;
    try {
      const signature = await lab.inspect(ref, get().setup.files);
      if (look !== looks) return;
      set({
        inspection: { state: 'known', signature },
        setup: { ...get().setup, dims: dimsOf(signature, get().setup) },
      });
    } catch (error) {
      if (look === looks) set({ inspection: { state: 'failed', problem: toErrorReport(error) } });
    }
  };
}

/** Sizes of the model's free dimensions: as typed before, else its own. */
function dimsOf({ freeDims }: ModelSignature, { dims }: Setup): Setup['dims'] {
  return Object.fromEntries(
    Object.entries(freeDims).map(([name, size]) => [name, dims[name] ?? String(size)]),
  );
}
