import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** Makes the page cross-origin isolated: WebAssembly threads and fine timers need it. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** A folder of the site. The longest matching prefix serves a request. */
export interface Mount {
  /** Beginning and end are slashes: `/local/`. */
  readonly prefix: string;
  readonly folder: string;
}

export interface SiteServer {
  readonly url: string;
  close(): void;
}

/** The file that a request's path names, or null if it names none or one outside its folder. */
export function fileFor(requestUrl: string, mounts: readonly Mount[]): string | null {
  let path: string;
  try {
    path = decodeURIComponent(requestUrl.split(/[?#]/)[0]!);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const mount = mounts
    .filter(({ prefix }) => path.startsWith(prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  if (!mount) return null;
  const rest = path.slice(mount.prefix.length) || 'index.html';
  const file = normalize(join(mount.folder, rest));
  const folder = normalize(mount.folder + sep);
  return file.startsWith(folder) && file !== folder ? file : null;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  mounts: readonly Mount[],
): Promise<void> {
  const refuse = (status: number) => response.writeHead(status, HEADERS).end();
  // A page of another host that resolves to this address must not read local models.
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) return void refuse(403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return void refuse(405);
  const file = fileFor(request.url ?? '/', mounts);
  const info = file ? await stat(file).catch(() => null) : null;
  if (!file || !info?.isFile()) return void refuse(404);
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': MIME[extname(file)] ?? 'application/octet-stream',
    'Content-Length': info.size,
  });
  if (request.method === 'HEAD') return void response.end();
  createReadStream(file)
    .on('error', (error) => response.destroy(error))
    .pipe(response);
}

/** Serves folders on a free port of this machine only. */
export function serve(mounts: readonly Mount[]): Promise<SiteServer> {
  const server = createServer((request, response) => {
    answer(request, response, mounts).catch((error) => response.destroy(error));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${port}`,
        close() {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}
