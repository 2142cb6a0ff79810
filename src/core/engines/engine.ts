import type { Counters, HostTensor, ModelRef, Runnable, Verification, Workload } from '../contract';
import type { Gpu } from '../gpu/device';
import type { LoadedModel } from '../models/load';

/** What an engine may use to prepare a case. */
export interface EngineContext {
  readonly gpu: Gpu | null;
  readonly seed: number;
  /** Base URL of the app, with a slash at its end: where the runtime's wasm files lie. */
  readonly baseUrl: string;
  readonly model: (ref: ModelRef, dtype: Workload['dtype']) => Promise<LoadedModel>;
}

export type CaseOptions = Readonly<Record<string, string | number | boolean>>;

/** A workload ready to run on an engine. */
export interface Prepared extends Runnable {
  /** Creating the session or the pipelines, and the first run, ns. */
  readonly createNs: number;
  readonly firstNs: number;
  /** Dispatch repetitions in one timed pass: grown by `tune` until the timer resolves them. */
  readonly repeats: number;
  /** Poisons the outputs where they are ours, runs once, and brings the outputs to the CPU. */
  outputs(): Promise<HostTensor[]>;
  /** Fits `repeats` to the timer: `minPassNs` of GPU time a pass where the engine can repeat. */
  tune(minPassNs: number, maxPassNs: number): Promise<void>;
  counters(): Promise<Counters>;
  dispose(): Promise<void>;
}

export interface Engine {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** Times of a GPU engine on a software adapter are never compared. */
  readonly gpu: boolean;
  version(): { readonly version: string; readonly build: string };
  /** Why this engine cannot take the workload here, or null. Absence is a value, not a throw. */
  unsupported(workload: Workload, options: CaseOptions, context: EngineContext): string | null;
  /** @throws LabError */
  prepare(workload: Workload, options: CaseOptions, context: EngineContext): Promise<Prepared>;
}

/** Compares outputs with what the workload should give, independently of the engine under test. */
export type Check = (outputs: readonly HostTensor[]) => Verification;
