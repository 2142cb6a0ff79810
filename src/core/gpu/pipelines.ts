import { LabError, remember } from '../contract';
import type { Gpu } from './device';
import type { Stage } from './program';

/** Pipelines by code and constants. One for each prepared case, so that creating them is part of every cold start. */
export type PipelineCache = Map<string, Promise<GPUComputePipeline>>;

/**
 * The compute pipeline of a stage.
 * @throws LabError `shader-error` with the compiler's first message and its line.
 */
export function pipelineFor(gpu: Gpu, stage: Stage, cache: PipelineCache): Promise<GPUComputePipeline> {
  const key = `${JSON.stringify(stage.constants)}\n${stage.code}`;
  return remember(cache, key, () => compile(gpu.device, stage));
}

async function compile(device: GPUDevice, stage: Stage): Promise<GPUComputePipeline> {
  // The error scope keeps a bad shader from also being reported as an uncaptured error.
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: stage.label, code: stage.code });
  const scope = device.popErrorScope();
  const errors = (await module.getCompilationInfo()).messages.filter((m) => m.type === 'error');
  await scope;
  const first = errors[0];
  if (first) {
    const line = stage.code.split('\n')[first.lineNum - 1]?.trim() ?? '';
    throw shaderError(stage, `line ${first.lineNum}: ${first.message} — ${line}`);
  }
  try {
    return await device.createComputePipelineAsync({
      label: stage.label,
      layout: 'auto',
      compute: { module, entryPoint: 'main', constants: stage.constants },
    });
  } catch (error) {
    throw shaderError(stage, error instanceof Error ? error.message : String(error));
  }
}

function shaderError(stage: Stage, detail: string): LabError {
  return new LabError(
    'shader-error',
    `The shader "${stage.label}" does not compile: ${detail}`,
    'Report it with the browser version and the GPU: shaders are compiled in CI, so a browser disagrees with it.',
  );
}
