import { expect, it } from 'vitest';
import { rememberSuccess } from './remember';

it('makes a promise once, and again after it was rejected', async () => {
  const known = new Map<string, Promise<number>>();
  let calls = 0;
  const make = async () => {
    if (++calls === 1) throw new Error('offline');
    return calls;
  };
  const [first, beside] = [rememberSuccess(known, 'a', make), rememberSuccess(known, 'a', make)];
  await expect(first).rejects.toThrow('offline');
  await expect(beside).rejects.toThrow('offline');
  expect(calls).toBe(1);
  expect(await rememberSuccess(known, 'a', make)).toBe(2);
  expect(await rememberSuccess(known, 'a', make)).toBe(2);
});
