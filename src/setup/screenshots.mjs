// The pictures of the README, taken of the built page showing a stored result: `npm run screenshots`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { chromeArgs, findChrome, SOFTWARE_ARGS, sandbox, WEBGPU_ARGS } from './chrome.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const result = join(root, 'docs', 'results', 'h200-default.json');
const folder = join(root, 'docs', 'images');

const PICTURES = /** @type {const} */ ([
  { name: 'batch-light', view: 'batch', scheme: 'light', width: 1440, height: 1560 },
  { name: 'batch-dark', view: 'batch', scheme: 'dark', width: 1440, height: 1560 },
  { name: 'fusion-light', view: 'fusion', scheme: 'light', width: 1440, height: 1500 },
  { name: 'environment-dark', view: 'environment', scheme: 'dark', width: 1440, height: 1000 },
  { name: 'batch-phone', view: 'batch', scheme: 'light', width: 390, height: 1500 },
]);

mkdirSync(folder, { recursive: true });
const server = await preview({ root, preview: { port: 4187 } });
const browser = await chromium.launch({
  executablePath: findChrome(),
  chromiumSandbox: sandbox(),
  args: [...chromeArgs(), ...WEBGPU_ARGS, ...SOFTWARE_ARGS],
});
try {
  for (const { name, view, scheme, width, height } of PICTURES) {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    });
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByLabel('Result file').setInputFiles(result);
    await page.getByText(/^Imported result from/).waitFor();
    await page.evaluate((to) => {
      location.hash = `#/${to}`;
    }, view);
    // Charts are loaded when they are first shown.
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
