import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
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

/**
 * History in this browser's IndexedDB: entries and results in two stores, so that listing stays light. Where
 * the browser denies storage (some private windows), it lasts as long as the page.
 */
export async function openHistory(): Promise<HistoryStore> {
  try {
    return inDatabase(await openDB<Schema>('rooflab', 1, { upgrade }));
  } catch {
    return memoryHistory();
  }
}

function upgrade(db: IDBPDatabase<Schema>): void {
  db.createObjectStore('entries', { keyPath: 'id' });
  db.createObjectStore('results', { keyPath: 'id' });
}

const newestFirst = (entries: HistoryEntry[]) =>
  entries.sort((a, b) => b.startedAt.localeCompare(a.startedAt));

function inDatabase(db: IDBPDatabase<Schema>): HistoryStore {
  const both = () => db.transaction(['entries', 'results'], 'readwrite');
  return {
    list: async () => newestFirst(await db.getAll('entries')),
    get: (id) => db.get('results', id),
    async put(entry, result) {
      const tx = both();
      await Promise.all([
        tx.objectStore('entries').put(entry),
        tx.objectStore('results').put(result),
        tx.done,
      ]);
    },
    async rename(id, name) {
      const entry = await db.get('entries', id);
      if (entry) await db.put('entries', { ...entry, name });
    },
    async remove(id) {
      const tx = both();
      await Promise.all([
        tx.objectStore('entries').delete(id),
        tx.objectStore('results').delete(id),
        tx.done,
      ]);
    },
  };
}

/** History that lasts as long as the page. */
export function memoryHistory(): HistoryStore {
  const held = new Map<string, { entry: HistoryEntry; result: RunResult }>();
  return {
    list: async () => newestFirst([...held.values()].map(({ entry }) => entry)),
    get: async (id) => held.get(id)?.result,
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
