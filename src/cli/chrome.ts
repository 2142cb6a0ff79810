import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { LabError } from '../core/contract';
import {
  ChromeMissing,
  chromeArgs,
  findChrome,
  SOFTWARE_ARGS,
  sandbox,
  WEBGPU_ARGS,
} from '../setup/chrome.mjs';

export interface ChromeOptions {
  /** A program to use in place of the one found. */
  readonly chrome?: string;
  readonly chromeArg?: readonly string[];
  readonly headed?: boolean;
}

/**
 * Headless Chrome on Linux reaches a GPU only through Vulkan, also for its own compositing; NVIDIA's driver
 * needs to be told that its f16 can be trusted.
 */
const LINUX_GPU_ARGS = [
  '--enable-features=Vulkan',
  '--use-vulkan=native',
  '--use-angle=vulkan',
  '--disable-vulkan-surface',
  '--ignore-gpu-blocklist',
  '--enable-dawn-features=vulkan_enable_f16_on_nvidia',
];

const linuxHasGpu = () => ['/dev/dri', '/dev/nvidiactl'].some(existsSync);

/** Flags under which Chrome offers WebGPU on this machine's GPU, or on its CPU. */
function adapterArgs(adapter: 'hardware' | 'software'): readonly string[] {
  if (adapter === 'software') return SOFTWARE_ARGS;
  return process.platform === 'linux' ? LINUX_GPU_ARGS : [];
}

/** Whether it is worth looking for a GPU at all: without one Chrome only loses time. */
export function mayHaveGpu(): boolean {
  return process.platform !== 'linux' || linuxHasGpu();
}

/** @throws LabError `browser-missing` */
export async function launchChrome(
  options: ChromeOptions,
  adapter: 'hardware' | 'software',
): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath: options.chrome ?? findChrome(),
      headless: !options.headed,
      chromiumSandbox: sandbox(),
      // Ctrl-C is the run's to answer: it keeps what is done.
      handleSIGINT: false,
      // The user's flags stand last: of two that contradict, Chrome takes the later.
      args: [...WEBGPU_ARGS, ...adapterArgs(adapter), ...chromeArgs(), ...(options.chromeArg ?? [])],
    });
  } catch (error) {
    if (error instanceof ChromeMissing) throw new LabError('browser-missing', error.message, error.next);
    const message = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    throw new LabError(
      'browser-missing',
      `Chrome did not start: ${message}`,
      'Try `rooflab doctor --headed`, another --chrome PATH, or in a container CHROME_ARGS=--no-sandbox.',
      { cause: error },
    );
  }
}
