import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseSpec, type RunResult } from '../../core/contract';
import { type ReportId, textTable } from '../../report';
import type { ChromeOptions } from '../chrome';
import { exitCodeOfResult } from '../exit';
import { readJson } from '../files';
import { onInterrupt } from '../interrupt';
import { shareLink } from '../links';
import { measure } from '../measure';
import { checkFlags, LOCAL, type RunFlags } from '../options';
import { type Progress, progressOn } from '../progress';
import { readRegistry, SITE } from '../registry';
import { fileName, render } from '../reports';
import { checkResume } from '../resume';
import { type Mount, serve } from '../server';
import { connect, type SessionSeat, seat } from '../session';
import { withFlags } from '../spec';
import { createStore, resumeStore, type Saved } from '../store';

export interface RunCommandFlags extends RunFlags, ChromeOptions {
  readonly out?: string;
  readonly format: readonly ReportId[];
  /** A folder, or true for the newest run that is unfinished. */
  readonly resume?: string | true;
  readonly json?: boolean;
  readonly pageUrl: string;
}

/** `rooflab run`: measures, saves each case at once, and gives the exit code. */
export async function run(specFile: string | undefined, flags: RunCommandFlags): Promise<number> {
  const registry = await readRegistry();
  checkFlags(flags, registry);
  const saved = flags.resume ? resumeStore(flags.resume === true ? undefined : flags.resume) : null;
  const given = saved?.spec ?? (specFile ? parseSpec(await readJson(specFile)) : null);
  if (saved) checkResume(saved.spec, specFile, flags, registry);
  const adapter = flags.adapter ?? given?.adapter ?? 'any';

  const server = await serve(mounts(flags.model));
  const progress = progressOn(process.stderr, saved?.cases.map(({ id }) => id) ?? []);
  const chrome = seat(() => connect(server.url, flags, adapter, progress.note));
  try {
    const session = await chrome.open();
    const begin = async (): Promise<Saved> => {
      const base = given ?? (await session.presetSpec(flags.preset ?? 'default'));
      const spec = withFlags(base, flags, registry);
      return { spec, store: createStore(spec, flags.out), cases: [], environment: null };
    };
    const begun = saved ?? (await begin());
    const { store } = begun;
    const result = await measureInto(begun, chrome, progress);
    progress.stop();
    const files = save(store, result, flags.format);
    if (flags.json) process.stdout.write(render('json', result));
    else printSummary(result, files, flags.pageUrl);
    if (result.cases.some(({ outcome }) => outcome.status === 'interrupted')) {
      console.error(`Not all cases were run: rooflab run --resume ${store.folder}`);
    }
    return exitCodeOfResult(result);
  } finally {
    progress.stop();
    await chrome.close();
    server.close();
  }
}

/** The site and, for a model that is a file of this machine, its folder: external data lies beside it. */
function mounts(model: string | undefined): Mount[] {
  const site = { prefix: '/', folder: SITE };
  if (model === undefined || !existsSync(model)) return [site];
  return [site, { prefix: `/${LOCAL}`, folder: dirname(resolve(model)) }];
}

async function measureInto(
  { store, spec, cases, environment }: Saved,
  chrome: SessionSeat,
  progress: Progress,
): Promise<RunResult> {
  const release = onInterrupt(() => chrome.current()?.cancel(), progress.note);
  try {
    return await measure(chrome.current()!, spec, {
      resume: cases,
      environment,
      // Only a preset may be made smaller: elsewhere somebody has chosen the sizes.
      shrink: spec.name !== undefined,
      reopen: chrome.open,
      note: progress.note,
      onEvent(event) {
        if (event.type === 'case') store.addCase(event.result);
        if (event.type === 'environment') store.setEnvironment(event.environment);
        if (event.type === 'notice') progress.note(event.message);
        progress.event(event);
      },
    });
  } finally {
    release();
  }
}

/** Writes the result as JSON and in the formats asked for, and gives the files' paths. */
function save(store: Saved['store'], result: RunResult, formats: readonly ReportId[]): string[] {
  const wanted = new Set<ReportId>(['json', ...formats]);
  return [...wanted].map((format) => store.write(fileName(format), render(format, result)));
}

function printSummary(result: RunResult, files: readonly string[], pageUrl: string): void {
  const { url, notes } = shareLink(result, pageUrl);
  const findings = result.findings.map(({ title, text }) => `• ${title}: ${text}`);
  console.log(
    [
      textTable(result, { width: process.stdout.columns || 120 }),
      '',
      ...(findings.length > 0 ? ['Findings', ...findings, ''] : []),
      `Share  ${url}`,
      ...notes,
      `Files  ${files.join('  ')}`,
    ].join('\n'),
  );
}
