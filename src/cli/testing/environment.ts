import type { Environment } from '../../core/contract';

/** A browser with a GPU. */
export const ENVIRONMENT: Environment = {
  adapter: { vendor: 'nvidia', architecture: 'hopper', device: '', description: '', software: false },
  features: ['timestamp-query'],
  limits: {},
  browser: 'Chrome 156.0',
  os: 'Linux',
  cores: 8,
  crossOriginIsolated: true,
  timer: {
    clock: 'timestamp-query',
    quantumNs: 32,
    emptyPassNs: 2000,
    syncFloorNs: 100_000,
    wallStepNs: 5000,
  },
  engines: { wgsl: { version: '0.1.0', build: 'native' }, 'ort-wasm': { version: '1.30.0', build: 'simd' } },
  rooflab: '0.1.0',
};

/** The same machine after its GPU's driver failed. */
export const ON_CPU: Environment = {
  ...ENVIRONMENT,
  adapter: { vendor: 'google', architecture: 'swiftshader', device: '', description: '', software: true },
};
