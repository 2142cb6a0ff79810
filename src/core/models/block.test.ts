import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { type BlockConfig, type HostTensor, packF16, unpackF16 } from '../contract';
import { blockWeights, blockWork, layerNames } from './block';
import { blockGraph } from './block-graph';
import { blockReference } from './block-reference';
import { buildOnnx } from './build';
import { makeInputs } from './inputs';
import { readModel } from './read';

const CONFIGS: readonly BlockConfig[] = [
  { hidden: 24, heads: 3, inner: 41, layers: 3, sequence: 7 },
  { hidden: 64, heads: 1, inner: 64, layers: 2, sequence: 1 },
  { hidden: 96, heads: 4, inner: 128, layers: 1, sequence: 33 },
];
const BATCH = 2;
type FloatDtype = 'f32' | 'f16';

function prepare(config: BlockConfig, dtype: FloatDtype) {
  const weights = blockWeights(config, dtype, 1);
  const bytes = buildOnnx(blockGraph(config, dtype, weights));
  const [x] = makeInputs(readModel(bytes).signature, { batch: BATCH, seed: 1 });
  return { weights, bytes, x: x! };
}

async function runOnnx(bytes: Uint8Array, { dtype, data, dims }: HostTensor): Promise<Float32Array> {
  const values = data as Float32Array;
  const session = await ort.InferenceSession.create(bytes);
  try {
    const x =
      dtype === 'f16'
        ? new ort.Tensor('float16', packF16(values), dims)
        : new ort.Tensor('float32', values, dims);
    const y = (await session.run({ x })).y!.data;
    if (y instanceof Float32Array) return y;
    const bits = y as Uint16Array;
    return unpackF16(new Uint16Array(bits.buffer, bits.byteOffset, bits.length));
  } finally {
    await session.release();
  }
}

/** Largest error ÷ bound over all items. */
function worst(
  config: BlockConfig,
  dtype: FloatDtype,
  weights: readonly HostTensor[],
  x: HostTensor,
  y: Float32Array,
) {
  const size = config.sequence * config.hidden;
  let ratio = 0;
  for (let start = 0; start < y.length; start += size) {
    const item = (x.data as Float32Array).subarray(start, start + size);
    const { values, bounds } = blockReference(config, weights, item, dtype);
    for (let i = 0; i < size; i++) {
      ratio = Math.max(ratio, Math.abs(y[start + i]! - values[i]!) / bounds[i]!);
    }
  }
  return ratio;
}

describe.each(CONFIGS)('block h$hidden heads $heads i$inner layers $layers s$sequence', (config) => {
  it.each(['f32', 'f16'] as const)('%s: onnxruntime agrees with the reference', async (dtype) => {
    const { weights, bytes, x } = prepare(config, dtype);
    const y = await runOnnx(bytes, x);
    expect(y).toHaveLength(BATCH * config.sequence * config.hidden);
    expect(worst(config, dtype, weights, x, y)).toBeLessThan(0.5);
  });

  it('f32: a bound is tight enough to notice one weight or bias left out', async () => {
    const { weights, bytes, x } = prepare(config, 'f32');
    const y = await runOnnx(bytes, x);
    for (const name of [layerNames(0).qkvBias, layerNames(0).norm2Beta, layerNames(0).downWeight]) {
      const broken = weights.map((w) => {
        if (w.name !== name) return w;
        const data = Float32Array.from(w.data as Float32Array);
        data[data.length - 1] = 0;
        return { ...w, data };
      });
      expect(worst(config, 'f32', broken, x, y)).toBeGreaterThan(5);
    }
  });
});

describe('block', () => {
  const config = CONFIGS[0]!;

  it('keeps values near one, so that no precision overflows', () => {
    const deep = { hidden: 64, heads: 4, inner: 172, layers: 12, sequence: 16 };
    const x = makeInputs(readModel(buildOnnx(blockGraph(deep, 'f32', []))).signature, {
      batch: 1,
      seed: 3,
    })[0]!;
    const { values } = blockReference(deep, blockWeights(deep, 'f32', 3), x.data as Float32Array, 'f32');
    const rms = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
    expect(rms).toBeGreaterThan(0.5);
    expect(rms).toBeLessThan(10);
  });

  it('counts the work of a block small enough to count by hand', () => {
    const tiny = { hidden: 2, heads: 1, inner: 3, layers: 1, sequence: 5 };
    // A token: qkv 2·6, out 2·2, gate and up 2·2·3, down 3·2, scores and mixing 2·5·2 multiplications.
    const multiplications = 12 + 4 + 12 + 6 + 20;
    const elements = 12 + 6 + 4 + 2 + 4 + 4 + 12 + 6 + 2;
    const handedOn = 14 * 2 + 2 * 3;
    expect(blockWork(tiny, 'f32', 4)).toEqual({
      flops: 4 * 5 * 2 * multiplications,
      bytes: 4 * (elements + 4 * 5 * handedOn),
    });
    expect(blockWork(tiny, 'f16', 4).bytes).toBe(blockWork(tiny, 'f32', 4).bytes / 2);
  });

  it('makes every weight once, in the size that the work is counted from', () => {
    const weights = blockWeights(config, 'f32', 1);
    expect(new Set(weights.map(({ name }) => name)).size).toBe(12 * config.layers);
    const empty = blockWork(config, 'f32', 0).bytes / 4;
    expect(weights.reduce((sum, { data }) => sum + data.length, 0)).toBe(empty);
  });

  it('refuses heads that do not divide, and precisions it is not made in', () => {
    expect(() => blockWeights({ ...config, heads: 5 }, 'f32', 1)).toThrow(/not divisible/);
    expect(() => blockWeights(config, 'i8', 1)).toThrow(/i8/);
  });
});
