/** The core in a worker: the page and headless runs both talk to this, so both give the same numbers. */
import {
  inspectModel,
  LabError,
  type ModelHost,
  probe,
  type RunSpec,
  run,
  shrinkForSoftware,
  toErrorReport,
} from '../core';
import type { Files, Reply, Request } from './protocol';

/** The app's base: the worker's own file lies in a folder of it once built. */
const baseUrl = new URL(import.meta.env.DEV ? '/' : '../', import.meta.url).href;

let abort = new AbortController();
let hidden = false;
/** When the page was last seen hidden: a sample is bad even if the page is back before it ends. */
let wasHidden = false;

const post = (reply: Reply) => self.postMessage(reply);

self.onmessage = async ({ data: request }: MessageEvent<Request>) => {
  const { id } = request;
  try {
    switch (request.type) {
      case 'probe':
        post({ id, type: 'probed', environment: await probe(request.adapter) });
        return;
      case 'inspect':
        post({
          id,
          type: 'inspected',
          signature: await inspectModel(request.model, await modelHost(request.files)),
        });
        return;
      case 'run':
        await start(request);
        return;
      case 'cancel':
        abort.abort();
        return;
      case 'visibility':
        hidden = request.hidden;
        wasHidden ||= hidden;
        return;
      default:
        request satisfies never;
    }
  } catch (error) {
    post({ id, type: 'error', error: toErrorReport(error) });
  }
};

async function start(request: Extract<Request, { type: 'run' }>): Promise<void> {
  abort = new AbortController();
  const { id } = request;
  const emit = (event: Extract<Reply, { type: 'event' }>['event']) => post({ id, type: 'event', event });
  const spec = request.options.shrink
    ? await fitted(request.spec, (message) => emit({ type: 'notice', message }))
    : request.spec;
  await run(
    spec,
    {
      emit,
      signal: abort.signal,
      hidden() {
        const seen = wasHidden;
        wasHidden = hidden;
        return seen;
      },
      models: await modelHost(request.files),
      baseUrl,
    },
    request.options,
  );
}

/** A preset is for a GPU; on a CPU that pretends to be one it would take hours. */
async function fitted(spec: RunSpec, notice: (message: string) => void): Promise<RunSpec> {
  const { adapter } = await probe(spec.adapter);
  if (adapter && !adapter.software) return spec;
  const shrunk = shrinkForSoftware(spec);
  notice(shrunk.notice);
  return shrunk.spec;
}

async function modelHost(files: Files): Promise<ModelHost> {
  const entries = files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const);
  return {
    files: Object.fromEntries(await Promise.all(entries)),
    async fetch(url) {
      const response = await fetch(new URL(url, baseUrl));
      if (!response.ok) {
        throw new LabError(
          'model-unavailable',
          `${url} answered ${response.status} ${response.statusText}.`,
          'Check the address, and that the server allows requests from other origins (CORS).',
        );
      }
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
