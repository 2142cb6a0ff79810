import { LabError } from '../contract';
import type { Engine } from './engine';
import { ortWasm } from './ort-wasm';
import { ortWebGpu } from './ort-webgpu';
import { wgsl } from './wgsl';

export const ENGINES = [ortWebGpu, ortWasm, wgsl] as const satisfies readonly Engine[];

/** @throws LabError `bad-spec` naming the engines there are. */
export function engineById(id: string): Engine {
  const engine = ENGINES.find((e) => e.id === id);
  if (engine) return engine;
  throw new LabError(
    'bad-spec',
    `There is no engine "${id}".`,
    `Choose among ${ENGINES.map((e) => e.id).join(', ')}.`,
  );
}
