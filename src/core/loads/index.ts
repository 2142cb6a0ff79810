import { closedLoop } from './closed-loop';

/** Every way that work can arrive, by the id that a case carries. */
export const LOADS = { 'closed-loop': closedLoop } as const;
