import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChromeMissing, chromeArgs, findChrome, locateChrome } from './chrome.mjs';

let folder: string;

/** Puts a program into the folder that is all of PATH. */
function program(path: string, script = ''): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooflab-chrome-'));
  vi.stubEnv('PATH', folder);
  vi.stubEnv('CHROME_PATH', '');
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', join(folder, 'ms-playwright'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('CHROME_PATH comes first, then what is installed, then the newest of Playwright’s', () => {
    expect(locateChrome()).toBeNull();
    program('ms-playwright/chromium-999/chrome-linux/chrome');
    const newest = program('ms-playwright/chromium-1000/chrome-linux64/chrome');
    mkdirSync(join(folder, 'ms-playwright', 'firefox-2000'));
    expect(locateChrome()).toBe(newest);
    const chromium = program('chromium');
    expect(locateChrome()).toBe(chromium);
    const chrome = program('google-chrome');
    expect(locateChrome()).toBe(chrome);
    vi.stubEnv('CHROME_PATH', newest);
    expect(locateChrome()).toBe(newest);
  });

  test('a CHROME_PATH that is no program is an error, not a reason to take another', () => {
    program('chromium');
    vi.stubEnv('CHROME_PATH', join(folder, 'none'));
    expect(() => locateChrome()).toThrow(ChromeMissing);
  });

  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');

  test.runIf(mayInstall)('Debian’s package is installed where that needs no password', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    for (const name of ['env', 'sh', 'cp']) symlinkSync(`/usr/bin/${name}`, join(folder, name));
    // Stands in for apt-get: "installs" Chromium when it was told to update first.
    program(
      'apt-get',
      `[ "$2" = update ] && : >${folder}/updated; [ "$2" = install ] && [ -f ${folder}/updated ] && cp "$0" ${folder}/chromium; true`,
    );
    expect(findChrome()).toBe(join(folder, 'chromium'));
  });

  test.runIf(mayInstall)('an installation that fails ends with the commands to type', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    symlinkSync('/usr/bin/env', join(folder, 'env'));
    program('apt-get', 'exit 100');
    expect(findChrome).toThrow(
      expect.objectContaining({ next: expect.stringContaining('apt-get install chromium') }),
    );
  });
});

test('CHROME_ARGS is split like a shell does and stands last', () => {
  vi.stubEnv('CHROME_ARGS', `--a="b c" --d`);
  expect(chromeArgs().slice(-2)).toEqual(['--a=b c', '--d']);
});
