import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError, type Registry } from '../core/contract';

/** The built site, beside the built command line. */
export const SITE = fileURLToPath(new URL('../dist', import.meta.url));

/** What can be chosen, as the build wrote it down. */
export async function readRegistry(): Promise<Registry> {
  try {
    return JSON.parse(await readFile(join(SITE, 'registry.json'), 'utf8'));
  } catch (error) {
    throw new LabError('internal', `${SITE} holds no built site.`, 'Run `npm run build` first.', {
      cause: error,
    });
  }
}
