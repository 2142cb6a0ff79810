// Builds the site (dist/) and the command line (dist-cli/), and knows whether they are up to date.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist-cli', 'sources.sha256');
const SOURCES = [
  'index.html',
  'runner.html',
  'package-lock.json',
  'vite.config.ts',
  'public',
  'shaders',
  'src',
];

/** Files under a path, sorted. @param {string} path @returns {string[]} */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesOf(join(root, source))) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** Whether the built files are missing or older than the sources. */
export function isStale() {
  const built = existsSync(stamp) && existsSync(join(root, 'dist', 'runner.html'));
  return !built || readFileSync(stamp, 'utf8') !== hashOfSources();
}

export async function build() {
  const vite = await import('vite');
  const hash = hashOfSources();
  const shared = { root, logLevel: /** @type {const} */ ('warn') };
  await vite.build({ ...shared });
  await vite.build({
    ...shared,
    build: { ssr: 'src/cli/main.ts', outDir: 'dist-cli', copyPublicDir: false },
    // One file that starts fast; playwright-core finds its own files and stays a package.
    ssr: { noExternal: true, external: ['playwright-core'] },
  });
  writeFileSync(stamp, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
