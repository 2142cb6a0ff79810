import type { Browser, Page } from 'playwright-core';
import {
  type Environment,
  LabError,
  type RunEvent,
  type RunnerOptions,
  type RunnerPage,
  type RunSpec,
} from '../core/contract';
import { type ChromeOptions, launchChrome, mayHaveGpu } from './chrome';

declare global {
  interface Window {
    rooflab: RunnerPage;
  }
}

/** How long the page may take to come up, its modules and workers included. */
const START_MS = 60_000;

/** A browser with `runner.html` open. */
export interface Session {
  readonly environment: Environment;
  presetSpec(id: string): Promise<RunSpec>;
  /** @throws LabError `browser-crashed` when the browser goes away in the middle. */
  run(spec: RunSpec, options: RunnerOptions, onEvent: (event: RunEvent) => void): Promise<void>;
  cancel(): Promise<void>;
  close(): Promise<void>;
}

const crashed = () =>
  new LabError('browser-crashed', 'The browser crashed.', 'Go on with `rooflab run --resume`.');

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${url}/runner.html`);
  await page.waitForFunction(() => 'rooflab' in window, undefined, { timeout: START_MS });
  return page;
}

async function openSession(
  url: string,
  options: ChromeOptions,
  adapter: 'hardware' | 'software',
): Promise<Session> {
  const browser = await launchChrome(options, adapter);
  try {
    const page = await openPage(browser, url);
    let listener: (event: RunEvent) => void = () => {};
    await page.exposeFunction('rooflabEvent', (event: RunEvent) => listener(event));
    const lost = new Promise<never>((_, reject) => {
      page.on('crash', () => reject(crashed()));
      browser.on('disconnected', () => reject(crashed()));
    });
    lost.catch(() => {});
    const alive = <T>(work: Promise<T>): Promise<T> => Promise.race([work, lost]);
    return {
      environment: await alive(page.evaluate(() => window.rooflab.probe('any'))),
      async presetSpec(id) {
        const spec = await alive(page.evaluate((name) => window.rooflab.presetSpec(name), id));
        if (!spec)
          throw new LabError('bad-spec', `There is no preset “${id}”.`, 'See `rooflab list presets`.');
        return spec;
      },
      run(spec, runOptions, onEvent) {
        listener = onEvent;
        const send = { spec, options: { ...runOptions, resume: [...runOptions.resume] } };
        return alive(page.evaluate((sent) => window.rooflab.run(sent.spec, sent.options), send));
      },
      // A page that is gone has nothing to cancel.
      cancel: () => page.evaluate(() => window.rooflab.cancel()).catch(() => {}),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * Opens a browser on the adapter that is asked for. `any` is the GPU where there is one, else the CPU.
 * @throws LabError `no-adapter` when `hardware` is asked for and there is none
 */
export async function connect(
  url: string,
  options: ChromeOptions,
  adapter: RunSpec['adapter'],
  note: (message: string) => void,
): Promise<Session> {
  if (adapter !== 'software' && (adapter === 'hardware' || mayHaveGpu())) {
    const session = await openSession(url, options, 'hardware');
    const found = session.environment.adapter;
    if (found && !found.software) return session;
    await session.close();
    if (adapter === 'hardware') {
      throw new LabError(
        'no-adapter',
        'Chrome offers no hardware GPU adapter here.',
        '`rooflab doctor` says what to do; `--adapter any` measures on the CPU instead.',
      );
    }
  }
  if (adapter === 'any') note('No GPU found: WebGPU runs on the CPU. Its times are not those of a GPU.');
  return openSession(url, options, 'software');
}

/** One session at a time: opening the next closes the one before. */
export interface SessionSeat {
  open(): Promise<Session>;
  current(): Session | null;
  close(): Promise<void>;
}

export function seat(connectOne: () => Promise<Session>): SessionSeat {
  let session: Session | null = null;
  const close = async () => {
    await session?.close();
    session = null;
  };
  return {
    async open() {
      await close();
      session = await connectOne();
      return session;
    },
    current: () => session,
    close,
  };
}
