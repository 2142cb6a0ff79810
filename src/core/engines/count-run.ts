import type { Counters } from '../contract';
import type { Gpu } from '../gpu/device';

/** What one run does on the device, counted apart from timing so that counting costs no sample. */
export async function countRun(
  gpu: Gpu,
  run: () => void | Promise<void>,
): Promise<Pick<Counters, 'dispatches' | 'passes' | 'submits' | 'uploadedBytes' | 'allocatedBytes'>> {
  const { recorder, memory } = gpu;
  const { uploadedBytes, allocatedBytes } = memory;
  recorder.start();
  try {
    await run();
  } finally {
    recorder.end();
  }
  const { dispatches, passes, submits } = await recorder.collect();
  return {
    dispatches,
    passes,
    submits,
    uploadedBytes: memory.uploadedBytes - uploadedBytes,
    allocatedBytes: memory.allocatedBytes - allocatedBytes,
  };
}
