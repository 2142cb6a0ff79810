// Finding a Chrome to measure in. Plain JavaScript without dependencies: it runs before `npm ci`.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { splitShellWords } from './shellWords.mjs';

/** No Chrome, and none could be installed. */
export class ChromeMissing extends Error {
  /** @override */
  name = 'ChromeMissing';
  /** @param {string} message @param {string} next what to type, one command a line */
  constructor(message, next) {
    super(message);
    this.next = next;
  }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Full paths of `names` on PATH, in order. @param {string[]} names */
function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The usual places of an installed Chrome or Chromium. */
function installedChromes() {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Google Chrome Canary', 'Chromium', 'Microsoft Edge'].flatMap((app) =>
        ['/Applications', join(homedir(), 'Applications')].map((folder) =>
          join(folder, `${app}.app`, 'Contents', 'MacOS', app),
        ),
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
        const folder = process.env[variable];
        if (!folder) return [];
        return [
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Chromium', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ];
      });
    default:
      return onPath(['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']);
  }
}

/** Chromiums that `npx playwright install` left, newest first. */
function playwrightChromes() {
  const cache = {
    darwin: join(homedir(), 'Library', 'Caches'),
    win32: process.env.LOCALAPPDATA ?? '',
    linux: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  };
  const chosen = process.env.PLAYWRIGHT_BROWSERS_PATH;
  const folder =
    chosen || join(cache[/** @type {keyof typeof cache} */ (process.platform)] ?? '', 'ms-playwright');
  if (!existsSync(folder)) return [];
  const revision = (/** @type {string} */ name) => Number(name.split('-')[1]);
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((name) => [
      join(folder, name, 'chrome-linux64', 'chrome'),
      join(folder, name, 'chrome-linux', 'chrome'),
      join(folder, name, 'chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'),
      join(folder, name, 'chrome-win64', 'chrome.exe'),
      join(folder, name, 'chrome-win', 'chrome.exe'),
    ]);
}

/**
 * The Chrome to use, or null. `CHROME_PATH` comes first, then what is installed, then Playwright's.
 * @returns {string | null}
 * @throws {ChromeMissing} when `CHROME_PATH` is set but is not a program
 */
export function locateChrome() {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    throw new ChromeMissing(`CHROME_PATH is ${wanted}, which is not a program.`, 'unset CHROME_PATH');
  }
  return [...installedChromes(), ...playwrightChromes()].find(isExecutable) ?? null;
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

const isRoot = () => process.getuid?.() === 0;

/** Installs Debian's package when that needs no password; output goes to stderr. */
function installDebianChromium() {
  const sudo = isRoot() ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) return;
  console.error('No Chrome found: installing the package chromium.');
  const packages = ['chromium', 'chromium-sandbox', 'fonts-liberation'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const [program = '', ...rest] = [
      ...sudo,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-qq',
      ...args,
    ];
    execFileSync(program, rest, { stdio: ['ignore', 2, 2] });
  }
}

/**
 * The Chrome to use, installed where that is possible.
 * @returns {string}
 * @throws {ChromeMissing}
 */
export function findChrome() {
  const found = locateChrome();
  if (found) return found;
  if (isDebian()) {
    try {
      installDebianChromium();
    } catch (error) {
      console.error(String(error));
    }
    const installed = locateChrome();
    if (installed) return installed;
  }
  throw new ChromeMissing(
    'No Chrome or Chromium was found.',
    isDebian()
      ? 'sudo apt-get install chromium   or   npx playwright-core install --with-deps chromium   or   export CHROME_PATH=/path/to/chrome'
      : 'npx playwright-core install chromium   or install Chrome from https://www.google.com/chrome   or   export CHROME_PATH=/path/to/chrome',
  );
}

/**
 * WebGPU switched on where Chrome does not by itself, with timestamps that are not coarsened to 100 µs
 * (method.md, clocks 1).
 */
export const WEBGPU_ARGS = ['--enable-unsafe-webgpu', '--enable-webgpu-developer-features'];

/** The CPU as the GPU: for machines without one. */
export const SOFTWARE_ARGS = ['--use-webgpu-adapter=swiftshader'];

/** Whether Chrome can use its sandbox: as root it refuses to start with it. */
export const sandbox = () => !isRoot();

/**
 * Flags for every Chrome that the lab starts: nothing of the browser's own may work beside the measurement.
 * `CHROME_ARGS` is appended.
 */
export function chromeArgs() {
  return [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...splitShellWords(process.env.CHROME_ARGS ?? ''),
  ];
}
