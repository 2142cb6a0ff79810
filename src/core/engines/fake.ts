/**
 * An engine in virtual time, for tests of scheduling and statistics: nothing waits, and what a run "takes" is
 * what the test says. It is in no registry and never in a build.
 */
import { type HostTensor, NO_COUNTERS, type Timing } from '../contract';
import type { Engine, Prepared } from './engine';

/** Milliseconds that only move when someone spends them. */
export class VirtualClock {
  #ms = 0;
  now = (): number => this.#ms;
  spend(ms: number): void {
    this.#ms += ms;
  }
}

export interface FakeScript {
  readonly id?: string;
  /** GPU and wall time of run `i`, ns; may throw. */
  run(i: number): { gpuNs: number | null; wallNs: number };
  /** Throws or returns; called when a case is prepared. */
  prepare?(): void;
  output?(call: number): Float32Array;
}

export function fakeEngine(clock: VirtualClock, script: FakeScript): Engine & { readonly log: string[] } {
  const log: string[] = [];
  const id = script.id ?? 'fake';
  return {
    id,
    title: 'Fake',
    note: 'Virtual time, for tests.',
    gpu: false,
    log,
    version: () => ({ version: '0', build: 'fake' }),
    unsupported: () => null,
    async prepare(): Promise<Prepared> {
      log.push(`${id} prepare`);
      script.prepare?.();
      let runs = 0;
      let calls = 0;
      const spend = (): Timing => {
        const { gpuNs, wallNs } = script.run(runs++);
        clock.spend(wallNs / 1e6);
        return { gpuNs, encodeNs: null, wallNs, readbackNs: wallNs, negativePasses: 0 };
      };
      return {
        createNs: 1,
        firstNs: 1,
        repeats: 1,
        outputBytes: 0,
        once: async () => {
          log.push(`${id} once`);
          return spend();
        },
        saturate: async (n) => {
          log.push(`${id} saturate`);
          let ns = 0;
          for (let i = 0; i < n; i++) ns += spend().wallNs ?? 0;
          return ns;
        },
        outputs: async (): Promise<HostTensor[]> => {
          const data = script.output?.(calls++) ?? new Float32Array([1]);
          return [{ name: 'y', dtype: 'f32', dims: [data.length], data }];
        },
        tune: async () => {},
        counters: async () => NO_COUNTERS,
        dispose: async () => {
          log.push(`${id} dispose`);
        },
      };
    },
  };
}
