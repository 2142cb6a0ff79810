import type { Environment } from '../core/contract';

/** What two measurements must have in common to stand in one result. */
const PARTS = {
  adapter: ({ adapter }: Environment) =>
    adapter && [adapter.vendor, adapter.architecture, adapter.device, adapter.description].join(' ').trim(),
  browser: ({ browser }: Environment) => browser,
  system: ({ os }: Environment) => os,
  engines: ({ engines }: Environment) =>
    Object.entries(engines)
      .map(([id, { version, build }]) => `${id} ${version} ${build}`)
      .sort()
      .join(', '),
  Rooflab: ({ rooflab }: Environment) => rooflab,
};

/** In words, what forbids to compare measurements of two environments; empty when nothing does. */
export function differences(before: Environment, now: Environment): string[] {
  return Object.entries(PARTS).flatMap(([name, part]) => {
    const [a, b] = [part(before) ?? 'none', part(now) ?? 'none'];
    return a === b ? [] : [`${name} was ${a}, is ${b}`];
  });
}
