import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromeArgs, locateChrome, SOFTWARE_ARGS, sandbox, WEBGPU_ARGS } from './src/setup/chrome.mjs';
import { modelFiles, onnxruntimeFiles, registryFile } from './src/setup/vitePlugins.ts';

const versionOf = (path: string): string =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version;

const define = {
  __ROOFLAB_VERSION__: JSON.stringify(versionOf('package.json')),
  __ORT_VERSION__: JSON.stringify(versionOf('node_modules/onnxruntime-web/package.json')),
};

/** Threads in WebAssembly and fine timers need a cross-origin isolated page. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative addresses: the built site works from any folder of any host.
  base: './',
  define,
  plugins: [react(), modelFiles(), onnxruntimeFiles(), registryFile(define)],
  resolve: {
    // onnxruntime-web without its WebAssembly: that is served once, from ort/.
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
  },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: { format: 'es' },
  server: { headers },
  preview: { headers },
  build: {
    target: 'es2023',
    rolldownOptions: { input: ['index.html', 'runner.html'], checks: { bundlerTimings: false } },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.gpu.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['src/**/*.gpu.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: locateChrome() ?? '',
                chromiumSandbox: sandbox(),
                args: [...chromeArgs(), ...WEBGPU_ARGS, ...SOFTWARE_ARGS],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
