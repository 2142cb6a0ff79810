import { PRESETS, type Registry, shrinkForSoftware } from '../core';
import { decodeLink } from '../report/link';
import { mount } from './mount';
import { defaultSetup } from './store/defaults';
import { openHistory } from './store/history';
import type { Lab } from './store/lab';
import { createLabStore } from './store/store';

/** Builds the page over a lab: the worker's client, or a stand-in for it. */
export async function createPage(lab: Lab): Promise<void> {
  const registry: Registry = await (await fetch('registry.json')).json();
  const preset = PRESETS[0].spec;
  const store = createLabStore({
    lab,
    registry,
    history: await openHistory(),
    setup: defaultSetup(registry, preset),
    softwareSetup: defaultSetup(registry, shrinkForSoftware(preset).spec),
    decodeLink,
    navigate: (hash) => {
      location.hash = hash;
    },
    now: () => new Date(),
  });
  mount(store, document.getElementById('root')!);
}
