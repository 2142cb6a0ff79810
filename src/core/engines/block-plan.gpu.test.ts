/** The block as our kernels, against its float64 reference, on a real WebGPU device. */
import { afterAll, describe, expect, test } from 'vitest';
import type { BlockConfig } from '../contract';
import { openGpu } from '../gpu/device';
import { createExecutor } from '../gpu/executor';
import { GUARANTEED_LIMITS } from '../kernels/conformance';
import { blockReference } from '../models/block-reference';
import { makeInputs } from '../models/inputs';
import { loadModel } from '../models/load';
import { blockProgram } from './block-plan';
import { byName } from './data';

const gpu = await openGpu('any');
if ('missing' in gpu) throw new Error(gpu.missing);
afterAll(() => gpu.device.destroy());

const BATCH = 3;
/** Odd everywhere; three layers, so that each of the buffers between layers is used. */
const config: BlockConfig = { hidden: 24, heads: 3, inner: 41, layers: 3, sequence: 7 };

for (const dtype of ['f32', 'f16'] as const) {
  describe.skipIf(dtype === 'f16' && !gpu.features.includes('shader-f16'))(dtype, () => {
    test.each(['unfused', 'fused'] as const)('%s, twice', async (form) => {
      const host = { fetch: () => Promise.reject(new Error('no network')), files: {} };
      const { block, signature } = await loadModel({ from: 'block', block: config }, host, dtype, 1);
      const [x] = makeInputs(signature, { batch: BATCH, seed: 1 });
      const program = blockProgram(config, dtype, BATCH, form, GUARANTEED_LIMITS);
      const executor = await createExecutor(gpu, program, byName([x!, ...block!.weights]));
      executor.poison();
      executor.submit(2);
      const y = await executor.read('y');
      executor.destroy();
      const size = config.sequence * config.hidden;
      let worst = 0;
      for (let item = 0; item < BATCH; item++) {
        const range = [item * size, (item + 1) * size] as const;
        const input = (x!.data as Float32Array).subarray(...range);
        const { values, bounds } = blockReference(config, block!.weights, input, dtype);
        const output = y.subarray(...range);
        // A NaN anywhere makes the maximum NaN, which is not below 1.
        for (let i = 0; i < size; i++) {
          worst = Math.max(worst, Math.abs(output[i]! - values[i]!) / bounds[i]!);
        }
      }
      expect(worst).toBeLessThan(1);
    });
  });
}
