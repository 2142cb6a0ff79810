import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { LabActions, LabState } from './store/state';
import type { LabStore } from './store/store';

export const LabContext = createContext<LabStore | null>(null);

/** The store of the page; everything on it changes through this one. */
export function useLabStore(): LabStore {
  const store = useContext(LabContext);
  if (!store) throw new Error('no lab store around this component');
  return store;
}

export function useLab<T>(select: (state: LabState & LabActions) => T): T {
  return useStore(useLabStore(), select);
}
