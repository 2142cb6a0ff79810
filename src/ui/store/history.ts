import { type DBSchema, openDB } from 'idb';
import type { RunResult } from '../../core';

/** A row of the list: everything it shows, so that results are read only when opened. */
export interface HistoryEntry {
  readonly id: string;
  readonly name: string;
  readonly startedAt: string;
  readonly durationS: number;
  readonly experiments: readonly string[];
  readonly gpu: string;
  readonly software: boolean;
  readonly ok: number;
  readonly cases: number;
}

export interface HistoryStore {
  /** Newest first. */
  list(): Promise<HistoryEntry[]>;
  get(id: string): Promise<RunResult | undefined>;
  put(entry: HistoryEntry, result: RunResult): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

interface Schema extends DBSchema {
  entries: { key: string; value: HistoryEntry };
  results: { key: string; value: RunResult };
}

/** History in this browser's IndexedDB; entries and results in two stores, so that listing stays light. */
export function openHistory(): HistoryStore {
  let opened: ReturnType<typeof open> | undefined;
  const open = () =>
    openDB<Schema>('rooflab', 1, {
      upgrade(db) {
        db.createObjectStore('entries', { keyPath: 'id' });
        db.createObjectStore('results', { keyPath: 'id' });
      },
    });
  const database = () => {
    opened ??= open();
    return opened;
  };
  return {
    async list() {
      const entries = await (await database()).getAll('entries');
      return entries.sort((a, b) => b.startedAt.localeCompare(a.startedAt));
    },
    async get(id) {
      return (await database()).get('results', id);
    },
    async put(entry, result) {
      const tx = (await database()).transaction(['entries', 'results'], 'readwrite');
      await Promise.all([
        tx.objectStore('entries').put(entry),
        tx.objectStore('results').put(result),
        tx.done,
      ]);
    },
    async rename(id, name) {
      const db = await database();
      const entry = await db.get('entries', id);
      if (entry) await db.put('entries', { ...entry, name });
    },
    async remove(id) {
      const tx = (await database()).transaction(['entries', 'results'], 'readwrite');
      await Promise.all([
        tx.objectStore('entries').delete(id),
        tx.objectStore('results').delete(id),
        tx.done,
      ]);
    },
  };
}

/** History for tests and for browsers that deny storage: it lasts as long as the page. */
export function memoryHistory(): HistoryStore {
  const held = new Map<string, { entry: HistoryEntry; result: RunResult }>();
  return {
    async list() {
      return [...held.values()]
        .map(({ entry }) => entry)
        .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
    },
    async get(id) {
      return held.get(id)?.result;
    },
    async put(entry, result) {
      held.set(entry.id, { entry, result });
    },
    async rename(id, name) {
      const row = held.get(id);
      if (row) held.set(id, { ...row, entry: { ...row.entry, name } });
    },
    async remove(id) {
      held.delete(id);
    },
  };
}
