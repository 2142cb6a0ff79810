import type { ModelRef, ModelSignature } from '../contract';
import { loadModel, type ModelHost } from './load';

/** What a model says of itself, with everything it needs found. @throws LabError like `loadModel`. */
export async function inspectModel(ref: ModelRef, host: ModelHost): Promise<ModelSignature> {
  return (await loadModel(ref, host, 'f32', 0)).signature;
}
