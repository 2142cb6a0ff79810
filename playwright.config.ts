import { defineConfig } from '@playwright/test';
import { chromeArgs, locateChrome, SOFTWARE_ARGS, sandbox, WEBGPU_ARGS } from './src/setup/chrome.mjs';

const port = 4183;

/** End-to-end tests of what is built: the page in dist/, the command line in dist-cli/. */
export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  timeout: 180_000,
  forbidOnly: true,
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    launchOptions: {
      executablePath: locateChrome() ?? '',
      chromiumSandbox: sandbox(),
      args: [...chromeArgs(), ...WEBGPU_ARGS, ...SOFTWARE_ARGS],
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
  },
});
