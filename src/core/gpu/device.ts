import type { Adapter, RunSpec } from '../contract';
import { LabError } from '../contract';
import { MemoryLedger } from './memory';
import { PassRecorder } from './recorder';

/** An open device with the lab's instruments on it. */
export interface Gpu {
  readonly device: GPUDevice;
  readonly adapter: Adapter;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly recorder: PassRecorder;
  readonly memory: MemoryLedger;
  /** Set once the device is lost; every later use of it fails. */
  readonly lost: () => string | null;
  /** The first error that nobody caught since it was last asked for; foreign runtimes leave theirs to us. */
  readonly takeError: () => GPUError | null;
}

/** No GPU is a value, not a throw: the lab still runs what needs none. */
export interface NoGpu {
  readonly missing: string;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|software/i;

function describeAdapter(adapter: GPUAdapter): Adapter {
  const { vendor, architecture, device, description } = adapter.info;
  const fallback = 'isFallbackAdapter' in adapter.info && adapter.info.isFallbackAdapter === true;
  const software = fallback || SOFTWARE.test(`${vendor} ${architecture} ${device} ${description}`);
  return { vendor, architecture, device, description, software };
}

/** `for … in` because the limits are getters on the prototype. */
function readLimits(limits: GPUSupportedLimits): Record<string, number> {
  const out: Record<string, number> = {};
  for (const key in limits) {
    const value = limits[key as keyof GPUSupportedLimits];
    if (typeof value === 'number') out[key] = value;
  }
  return out;
}

/**
 * Opens a device with everything its adapter offers: the default limits (128 MiB a binding, 16 KB of
 * workgroup memory) would measure the defaults and not the GPU.
 */
export async function openGpu(want: RunSpec['adapter']): Promise<Gpu | NoGpu> {
  if (!navigator.gpu) return { missing: 'This browser has no WebGPU.' };
  const adapter = await navigator.gpu.requestAdapter({
    powerPreference: 'high-performance',
    forceFallbackAdapter: want === 'software',
  });
  if (!adapter) return { missing: 'WebGPU is there, but it offers no adapter.' };
  const about = describeAdapter(adapter);
  if (want === 'hardware' && about.software) {
    throw new LabError(
      'software-adapter',
      `Only a software adapter is available (${about.description || about.vendor}).`,
      'Run with --adapter any to allow it, or see `rooflab doctor` for the flags that a GPU host needs.',
    );
  }
  const limits = readLimits(adapter.limits);
  const features = [...adapter.features].sort();
  const device = await adapter.requestDevice({
    label: 'rooflab',
    requiredFeatures: features as GPUFeatureName[],
    requiredLimits: limits,
  });
  let lost: string | null = null;
  void device.lost.then((info) => {
    lost = info.message || info.reason;
  });
  let uncaught: GPUError | null = null;
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    uncaught ??= event.error;
  });
  const takeError = () => {
    const error = uncaught;
    uncaught = null;
    return error;
  };
  const memory = new MemoryLedger(device);
  const recorder = new PassRecorder(device);
  return { device, adapter: about, features, limits, memory, recorder, lost: () => lost, takeError };
}

/** @throws LabError `device-lost` if the device is gone. */
export function assertAlive(gpu: Gpu): void {
  const reason = gpu.lost();
  if (reason !== null) {
    throw new LabError(
      'device-lost',
      `The GPU device was lost: ${reason}`,
      'The run goes on with a new device. If it repeats, try smaller batches or update the GPU driver.',
    );
  }
}
