import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Environment, LabError, type Registry, type RunResult, toErrorReport } from '../../core';
import type { HistoryStore } from './history';
import { historyEntry } from './history-entry';
import { createInspector } from './inspector';
import type { Lab, RunHandle } from './lab';
import { advance, partialResult, startRunning } from './live';
import { holdsResult, readResult } from './read-result';
import { parseRoute, type Route } from './route';
import { type ExperimentId, type Setup, specOf, withModel } from './setup';
import { setupFrom } from './setup-from';
import type { LabActions, LabState, Shown } from './state';

export type LabStore = StoreApi<LabState & LabActions>;

export interface Dependencies {
  readonly lab: Lab;
  readonly history: HistoryStore;
  readonly registry: Registry;
  readonly setup: Setup;
  /** What a software adapter gets through; in place of `setup` as long as nobody changed that. */
  readonly softwareSetup: Setup;
  /** Unpacks the payload of a share link. @throws LabError */
  decodeLink(payload: string): RunResult;
  /** Puts an address into the address bar. */
  navigate(hash: string): void;
  now(): Date;
}

const EXPERIMENTS: readonly ExperimentId[] = ['batch', 'fusion'];

/** The experiments a result answers, in the page's order. */
function experimentsOf(result: RunResult): ExperimentId[] {
  return EXPERIMENTS.filter((id) => result.spec.experiments.some((request) => request.id === id));
}

/** The page's state and everything that changes it; knows neither React nor the DOM. */
export function createLabStore({
  lab,
  history,
  registry,
  setup,
  softwareSetup,
  decodeLink,
  navigate,
  now,
}: Dependencies): LabStore {
  let handle: RunHandle | null = null;
  /** What was shown before a result from elsewhere was opened over it. */
  let covered: LabState['shown'] | null = null;
  /** Whether the setup is still the page's own. */
  let untouched = true;

  return createStore<LabState & LabActions>()((set, get) => {
    const refreshHistory = async () => set({ history: await history.list() });

    const inspect = createInspector(lab, get, set);

    function follow(route: Route): void {
      if (route.at === 'view') {
        set({ route });
        return;
      }
      try {
        const result = decodeLink(route.payload);
        get().open(result, 'shared');
        set({ route });
      } catch (error) {
        set({ route: { at: 'view', view: 'batch' }, problem: toErrorReport(error) });
      }
    }

    /** The machine is known: what it cannot run is not asked of it, and a CPU is not asked for what a GPU can. */
    function arrive(environment: Environment): void {
      const { setup: asked } = get();
      set({ environment });
      if (!environment.adapter) set({ setup: { ...asked, engines: { batch: ['ort-wasm'], fusion: [] } } });
      else if (environment.adapter.software && untouched)
        set({ setup: { ...softwareSetup, dims: asked.dims } });
    }

    async function finish(experiment: ExperimentId, result: RunResult): Promise<void> {
      set({
        running: null,
        shown: { ...get().shown, [experiment]: { result, origin: 'run' } satisfies Shown },
      });
      await history.put(historyEntry(result), result);
      await refreshHistory();
    }

    return {
      registry,
      route: { at: 'view', view: 'batch' },
      environment: null,
      setup,
      inspection: { state: 'none' },
      running: null,
      shown: {},
      problem: null,
      toast: null,
      history: [],

      async start() {
        await Promise.allSettled([lab.probe().then(arrive, get().fail), refreshHistory(), inspect()]);
      },

      follow(hash) {
        follow(parseRoute(hash));
      },

      set(change) {
        untouched = false;
        const next = { ...get().setup, ...change };
        const other = change.model !== undefined || change.url !== undefined || change.files !== undefined;
        set({ setup: other ? withModel(next, next.model) : next });
        if (other) void inspect();
      },

      async take(files) {
        const written = files.find(holdsResult);
        if (written) {
          try {
            get().open(await readResult(written), 'imported');
          } catch (error) {
            get().fail(error);
          }
          return;
        }
        if (files.some((file) => file.name.toLowerCase().endsWith('.onnx'))) {
          get().set({ model: 'file', files: [...files] });
          navigate('#/batch');
          return;
        }
        // Weights that a model keeps beside itself may be handed over after it.
        if (get().setup.model === 'file' && get().setup.files.length > 0) {
          get().set({ files: [...get().setup.files, ...files] });
          return;
        }
        get().fail(
          new LabError(
            'bad-model',
            `${files.map((file) => file.name).join(', ')}: neither a model nor a result.`,
            'Drop an .onnx file (with its weight files, if it has any) or a result.json of Rooflab.',
          ),
        );
      },

      async run(experiment) {
        const { spec } = specOf(experiment, get().setup);
        const environment = get().environment;
        if (!spec || !environment || get().running) return;
        if (covered) get().close();
        set({
          running: startRunning(experiment, spec, now().toISOString(), environment),
          problem: null,
        });
        try {
          handle = lab.run(spec, {
            files: get().setup.files,
            onEvent(event) {
              const running = get().running;
              if (running) set({ running: advance(running, event) });
              // A run knows more of the machine than the probe: it measures the ceilings.
              if (event.type === 'environment') set({ environment: event.environment });
            },
          });
          await finish(experiment, await handle.done);
        } catch (error) {
          const running = get().running;
          const kept =
            running && running.cases.length > 0
              ? partialResult(running, running.environment ?? environment)
              : null;
          set({ running: null, problem: toErrorReport(error) });
          if (kept) set({ shown: { ...get().shown, [experiment]: { result: kept, origin: 'run' } } });
        } finally {
          handle = null;
        }
      },

      cancel() {
        const { running } = get();
        if (!running || running.cancelling) return;
        set({ running: { ...running, cancelling: true } });
        handle?.cancel();
      },

      open(result, origin) {
        const ids = experimentsOf(result);
        const [first] = ids;
        if (first === undefined) {
          get().fail(
            new LabError(
              'newer-version',
              'The result answers no question that this version knows.',
              'Open it with a newer Rooflab.',
            ),
          );
          return;
        }
        const elsewhere = origin === 'shared' || origin === 'imported';
        if (elsewhere && !covered) covered = get().shown;
        const opened = Object.fromEntries(ids.map((id) => [id, { result, origin } satisfies Shown]));
        set({
          shown: elsewhere ? opened : { ...get().shown, ...opened },
          setup: { ...get().setup, latencyLimit: String(result.spec.latencyLimitMs) },
          problem: null,
        });
        if (origin !== 'shared') navigate(`#/${first}`);
      },

      adopt(experiment) {
        const shown = get().shown[experiment];
        if (!shown) return;
        get().close();
        navigate(`#/${experiment}`);
        untouched = false;
        set({ setup: setupFrom(get().setup, shown.result.spec, experiment) });
        void inspect();
      },

      close() {
        set({ shown: covered ?? {} });
        covered = null;
        if (get().route.at === 'shared') navigate('#/batch');
      },

      async openHistory(id) {
        const result = await history.get(id);
        if (result) get().open(result, 'history');
      },

      async renameHistory(id, name) {
        await history.rename(id, name.trim());
        await refreshHistory();
      },

      async removeHistory(id) {
        const [entry, result] = [get().history.find((e) => e.id === id), await history.get(id)];
        await history.remove(id);
        await refreshHistory();
        if (!entry || !result) return;
        const undo = () => void history.put(entry, result).then(refreshHistory);
        set({ toast: { message: `Deleted “${entry.name}”.`, undo } });
      },

      say(message) {
        set({ toast: { message } });
      },

      fail(error) {
        set({ problem: toErrorReport(error) });
      },

      dismiss() {
        set({ problem: null });
      },

      dismissToast() {
        set({ toast: null });
      },
    };
  });
}
