import type { Environment } from '../../core';

/** A machine with a GPU, with a CPU in its place, or without WebGPU. */
export function fakeEnvironment(kind: 'gpu' | 'software' | 'none' = 'gpu'): Environment {
  const gpu = kind === 'gpu';
  const environment: Environment = {
    adapter: gpu
      ? {
          vendor: 'nvidia',
          architecture: 'hopper',
          device: '0x2335',
          description: 'NVIDIA H200',
          software: false,
        }
      : {
          vendor: 'google',
          architecture: 'swiftshader',
          device: '0xc0de',
          description: 'SwiftShader Device (Subzero)',
          software: true,
        },
    features: ['timestamp-query', 'shader-f16', 'subgroups', 'float32-filterable', 'bgra8unorm-storage'],
    limits: {
      maxBufferSize: 4294967292,
      maxStorageBufferBindingSize: 2147483644,
      maxComputeWorkgroupStorageSize: 49152,
      maxComputeInvocationsPerWorkgroup: 1024,
      maxComputeWorkgroupSizeX: 1024,
      maxComputeWorkgroupsPerDimension: 65535,
      maxStorageBuffersPerShaderStage: 16,
    },
    browser: 'Chrome 156.0.7103.2',
    os: 'Linux',
    cores: 16,
    crossOriginIsolated: true,
    timer: {
      clock: 'timestamp-query',
      quantumNs: 32,
      emptyPassNs: 4608,
      syncFloorNs: 138000,
      wallStepNs: 5000,
    },
    ...(gpu ? { ceilings: { copyGBs: 4150, fmaF32GFlops: 64260 } } : {}),
    engines: {
      'ort-webgpu': { version: '1.30.0', build: 'asyncify' },
      'ort-wasm': { version: '1.30.0', build: 'simd-threaded' },
      wgsl: { version: '0.1.0', build: 'rooflab' },
    },
    rooflab: '0.1.0',
  };
  if (kind !== 'none') return environment;
  return {
    ...environment,
    adapter: null,
    adapterMissing: 'navigator.gpu is undefined',
    features: [],
    limits: {},
    timer: { clock: 'none', quantumNs: null, emptyPassNs: null, syncFloorNs: null, wallStepNs: 100000 },
  };
}
