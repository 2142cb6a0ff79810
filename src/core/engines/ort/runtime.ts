import type * as Ort from 'onnxruntime-web';
import { LabError, rememberSuccess } from '../../contract';
import { buildOnnx } from '../../models/build';
import { tapLog } from './log';

/** Both of onnxruntime's builds have this API; each has a wasm module and an environment of its own. */
export type OrtModule = typeof Ort;

const BUILDS = {
  webgpu: { file: 'ort-wasm-simd-threaded.asyncify', load: () => import('onnxruntime-web/webgpu') },
  wasm: { file: 'ort-wasm-simd-threaded', load: () => import('onnxruntime-web/wasm') },
} as const;
export type Build = keyof typeof BUILDS;

const value = (name: string) => ({ name, dtype: 'f32' as const, dims: [1] });
const EMPTY_MODEL = buildOnnx({
  name: 'empty',
  inputs: [value('x')],
  outputs: [value('y')],
  weights: [],
  nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
});

const loaded = new Map<Build, Promise<OrtModule>>();

/** wasm threads need a cross-origin isolated page; more than 8 rarely pay in onnxruntime-web. */
export function wasmThreads(): number {
  return globalThis.crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, 8) : 1;
}

/**
 * Loads a build once. Its `.mjs` and `.wasm` are hosted beside the app, so that versions always match.
 * @throws LabError `engine-error` when they cannot be fetched; the next call tries again.
 */
export function loadRuntime(build: Build, baseUrl: string): Promise<OrtModule> {
  return rememberSuccess(loaded, build, () => start(build, baseUrl));
}

async function start(build: Build, baseUrl: string): Promise<OrtModule> {
  const { file, load } = BUILDS[build];
  tapLog();
  const ort = (await load()) as OrtModule;
  // The runtime never tries again after a failed start, so what fails most, the download, is done for it.
  ort.env.wasm.wasmBinary = await fetchWasm(`${baseUrl}ort/${file}.wasm`);
  ort.env.wasm.wasmPaths = { mjs: `${baseUrl}ort/${file}.mjs` };
  ort.env.wasm.numThreads = wasmThreads();
  ort.env.logLevel = 'warning';
  // The first session also compiles the wasm, which is no part of any model's cold start.
  const empty = await ort.InferenceSession.create(EMPTY_MODEL, { executionProviders: ['wasm'] });
  await empty.release();
  delete ort.env.wasm.wasmBinary;
  return ort;
}

async function fetchWasm(url: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.arrayBuffer();
  } catch (cause) {
    throw new LabError(
      'engine-error',
      `onnxruntime could not be fetched from ${url}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Check the connection and run again.',
      { cause },
    );
  }
}

/** File name of the wasm that a build loads: what its numbers belong to. */
export function buildFile(build: Build): string {
  return `${BUILDS[build].file}.wasm`;
}
