// Everything that a fresh clone lacks: `npm run bench`, `npm test` and `npm start` begin here.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isStale } from './build.mjs';
import { ChromeMissing, findChrome } from './chrome.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** A problem that the reader can solve: printed without a stack. */
class SetupError extends Error {}

function checkNode() {
  const wanted = readJson('package.json').engines.node.replace('>=', '');
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new SetupError(
      `This is Node ${process.versions.node}; Rooflab needs ${wanted} or newer.\nNext: install it from https://nodejs.org.`,
    );
  }
}

/** Whether what is installed is what the lock file says. */
function dependenciesAreCurrent() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const installed = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  );
}

function installDependencies() {
  if (dependenciesAreCurrent()) return;
  console.error('Installing dependencies (npm ci)…');
  // No package needs its install script, and none may run one unasked.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    throw new SetupError('npm ci failed.\nNext: read its message above; behind a proxy, set npm’s registry.');
  }
}

async function buildWhenStale() {
  if (!isStale()) return;
  console.error('Building…');
  await build();
}

try {
  checkNode();
  installDependencies();
  findChrome();
  await buildWhenStale();
} catch (error) {
  if (error instanceof ChromeMissing) {
    console.error(`${error.message}\nNext: ${error.next}`);
    process.exitCode = 3;
  } else if (error instanceof SetupError) {
    console.error(error.message);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
