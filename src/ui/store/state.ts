import type { Environment, ErrorReport, ModelSignature, Registry, RunResult } from '../../core';
import type { HistoryEntry } from './history';
import type { Running } from './live';
import type { Route } from './route';
import type { ExperimentId, Setup } from './setup';

/** Where a result on the page came from. `shared` and `imported` were measured elsewhere and are read-only. */
export type Origin = 'run' | 'history' | 'shared' | 'imported';

export interface Shown {
  readonly result: RunResult;
  readonly origin: Origin;
}

/** What is known of the chosen model. */
export type Inspection =
  | { readonly state: 'none' }
  | { readonly state: 'reading' }
  | { readonly state: 'known'; readonly signature: ModelSignature }
  | { readonly state: 'failed'; readonly problem: ErrorReport };

export interface Toast {
  readonly message: string;
  readonly undo?: () => void;
}

export interface LabState {
  /** What there is to choose from. */
  readonly registry: Registry;
  readonly route: Route;
  /** Of this machine, once probed; what a shown result was measured on is in the result. */
  readonly environment: Environment | null;
  readonly setup: Setup;
  readonly inspection: Inspection;
  readonly running: Running | null;
  readonly shown: Readonly<Partial<Record<ExperimentId, Shown>>>;
  /** The last problem, until it is dismissed or something is started anew. */
  readonly problem: ErrorReport | null;
  readonly toast: Toast | null;
  readonly history: readonly HistoryEntry[];
}

export interface LabActions {
  /** Probes the machine and reads the history; called once. */
  start(): Promise<void>;
  /** Follows the address; a shared link is unpacked and shown. */
  follow(hash: string): void;
  set(change: Partial<Setup>): void;
  /** Takes files that were chosen or dropped: a result is opened, a model becomes the model to run. */
  take(files: readonly File[]): Promise<void>;
  /** Runs the experiment of the setup; resolves when it ended, however it ended. */
  run(experiment: ExperimentId): Promise<void>;
  cancel(): void;
  open(result: RunResult, origin: Origin): void;
  /** Takes a shown result's settings into the setup bar, leaving the result. */
  adopt(experiment: ExperimentId): void;
  close(): void;
  openHistory(id: string): Promise<void>;
  renameHistory(id: string, name: string): Promise<void>;
  removeHistory(id: string): Promise<void>;
  say(message: string): void;
  fail(error: unknown): void;
  /** Takes the problem away. */
  dismiss(): void;
  dismissToast(): void;
}

export type { ExperimentId };
