import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileFor, type SiteServer, serve } from './server';

describe('fileFor', () => {
  const mounts = [
    { prefix: '/', folder: '/srv/site' },
    { prefix: '/local/', folder: '/home/models' },
  ];

  test.each([
    ['/', '/srv/site/index.html'],
    ['/assets/a.js?v=1', '/srv/site/assets/a.js'],
    ['/a%20b.html', '/srv/site/a b.html'],
    ['/local/m.onnx', '/home/models/m.onnx'],
    ['/local/sub/m.data', '/home/models/sub/m.data'],
    ['/localised.js', '/srv/site/localised.js'],
  ])('%s is %s', (url, file) => expect(fileFor(url, mounts)).toBe(file));

  test.each([
    '/../etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/assets/../../secret',
    '/local/../secret',
    '/local/%2e%2e/secret',
    '/../site-of-another/index.html',
    '/%00',
    '/%E0%A4%A',
  ])('%s is nothing', (url) => expect(fileFor(url, mounts)).toBeNull());
});

describe('serve', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rooflab-server-'));
  let server: SiteServer;

  beforeAll(async () => {
    mkdirSync(join(folder, 'ort'));
    writeFileSync(join(folder, 'index.html'), '<p>hello');
    writeFileSync(join(folder, 'ort', 'a.wasm'), new Uint8Array([0, 97, 115, 109]));
    writeFileSync(join(folder, 'm.onnx'), 'onnx');
    server = await serve([{ prefix: '/', folder }]);
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/ort/a.wasm', 'application/wasm'],
    ['/m.onnx', 'application/octet-stream'],
  ])('%s is sent as %s, isolated', async (path, type) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get('content-length')));
  });

  test('answers 404 for what is not a file, and 405 for what is not a read', async () => {
    expect((await fetch(`${server.url}/none.js`)).status).toBe(404);
    expect((await fetch(`${server.url}/ort`)).status).toBe(404);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  });

  test('refuses a page of another host that was made to resolve to this one', async () => {
    const status = await new Promise((resolve, reject) => {
      request(server.url, { headers: { Host: 'evil.example:80' } }, (response) =>
        resolve(response.statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});
