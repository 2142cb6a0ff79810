import type { Environment } from '../../core/contract';
import type { ChromeOptions } from '../chrome';
import { EXIT } from '../exit';
import { alignColumns } from '../format';
import { SITE } from '../registry';
import { serve } from '../server';
import { connect } from '../session';

/** Limits that decide which shapes and tiles are possible. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
];

/** What to do where Chrome finds no GPU, by `process.platform`. */
const ADVICE: Readonly<Record<string, readonly string[]>> = {
  linux: [
    'Install the GPU’s Vulkan driver (Debian: apt-get install mesa-vulkan-drivers; NVIDIA: its own driver).',
    'Check it with `vulkaninfo --summary` (package vulkan-tools), and that you may use /dev/dri (group render).',
    'In a container, hand the GPU in: --device /dev/dri, or --gpus all with NVIDIA_DRIVER_CAPABILITIES=all.',
  ],
  darwin: [
    'Update Chrome: WebGPU is on by default since version 113.',
    'Open chrome://gpu and read the line WebGPU; in a virtual machine there may be no Metal device.',
  ],
  win32: [
    'Update Chrome and the GPU’s driver: WebGPU needs Direct3D 12.',
    'Open chrome://gpu and read the line WebGPU; over Remote Desktop, allow the hardware adapter.',
  ],
};

function duration(ns: number | null): string {
  if (ns === null) return 'not measured';
  return ns < 1000 ? `${Math.round(ns)} ns` : `${(ns / 1000).toPrecision(3)} µs`;
}

/** The environment as text, with what to do where something is missing. */
export function environmentText(environment: Environment, platform: string): string {
  const { adapter, timer, limits, engines } = environment;
  const name = adapter
    ? [adapter.vendor, adapter.architecture, adapter.device, adapter.description].filter(Boolean).join(' ')
    : `none: ${environment.adapterMissing ?? 'the browser gives no reason'}`;
  const facts = [
    ['Browser', `${environment.browser} on ${environment.os}, ${environment.cores} cores`],
    ['Adapter', adapter?.software ? `${name} (software: the CPU does the GPU’s work)` : name],
    ['Features', environment.features.join(', ') || 'none'],
    ...LIMITS.flatMap((limit) => (limits[limit] === undefined ? [] : [[limit, `${limits[limit]}`]])),
    ['GPU clock', timer.clock === 'none' ? 'none: only wall time can be measured' : timer.clock],
    ['  quantum', duration(timer.quantumNs)],
    ['  empty pass', duration(timer.emptyPassNs)],
    ['Sync floor', duration(timer.syncFloorNs)],
    ['Wall clock step', duration(timer.wallStepNs)],
    ['Isolated', environment.crossOriginIsolated ? 'yes: WASM threads work' : 'no: WASM has one thread'],
    ...Object.entries(engines).map(([id, { version, build }]) => [id, `${version} (${build})`]),
  ];
  if (adapter && !adapter.software) return alignColumns(facts);
  const advice = ADVICE[platform] ?? [
    'Rooflab knows Linux, macOS and Windows; see https://webgpureport.org.',
  ];
  return [alignColumns(facts), '', 'To measure on a GPU:', ...advice.map((line) => `  ${line}`)].join('\n');
}

export interface DoctorFlags extends ChromeOptions {
  readonly json?: boolean;
}

/** `rooflab doctor`: what this browser and GPU offer. */
export async function doctor(flags: DoctorFlags): Promise<number> {
  const server = await serve([{ prefix: '/', folder: SITE }]);
  try {
    const session = await connect(server.url, flags, 'any', console.error);
    const { environment } = session;
    await session.close();
    console.log(
      flags.json ? JSON.stringify(environment, null, 2) : environmentText(environment, process.platform),
    );
    return environment.adapter ? EXIT.done : EXIT.noBrowser;
  } finally {
    server.close();
  }
}
