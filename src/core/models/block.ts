import {
  type BlockConfig,
  type Dtype,
  elementCount,
  type HostTensor,
  LabError,
  roundToF16,
} from '../contract';
import { normal } from './random';

/**
 * A stack of pre-norm transformer blocks as one description: these weights, by these names, make the ONNX form
 * (`block-graph.ts`), the plan of our kernels (`engines/block-plan.ts`) and the reference (`block-reference.ts`).
 *
 *     h = x + Wout · attention(norm1(x) · Wqkv + bqkv) + bout
 *     y = h + Wdown · (SiLU(norm2(h) · Wgate) ∘ (norm2(h) · Wup)) + bdown
 *
 * Pre-norm: Xiong et al., arXiv:2002.04745; SwiGLU: Shazeer, arXiv:2002.05202. Products take row vectors:
 * a weight is [inputs, outputs]. The columns of Wqkv are all queries, all keys, all values; in each, head by head.
 */
export const LAYER_NORM_EPSILON = 1e-5;

export type BlockDtype = 'f32' | 'f16';

/** Names of a layer's weights. */
export function layerNames(layer: number) {
  const at = (part: string) => `layer${layer}.${part}`;
  return {
    norm1Gamma: at('norm1.gamma'),
    norm1Beta: at('norm1.beta'),
    qkvWeight: at('qkv.weight'),
    qkvBias: at('qkv.bias'),
    outWeight: at('out.weight'),
    outBias: at('out.bias'),
    norm2Gamma: at('norm2.gamma'),
    norm2Beta: at('norm2.beta'),
    gateWeight: at('gate.weight'),
    upWeight: at('up.weight'),
    downWeight: at('down.weight'),
    downBias: at('down.bias'),
  };
}

/**
 * Seeded weights of every layer. Matrices are scaled by 1/√inputs so that values stay near 1 at any size; the
 * norms' weights are near, but not at, the identity, so that leaving them out is noticed.
 * @throws LabError `bad-spec` when the heads do not divide the hidden size, or for a precision that the block
 * is not made in.
 */
export function blockWeights(config: BlockConfig, dtype: Dtype, seed: number): HostTensor[] {
  const storage = checkBlock(config, dtype);
  const { hidden, inner, layers } = config;
  const tensor = (name: string, dims: readonly number[], mean: number, deviation: number): HostTensor => {
    const next = normal(seed, name);
    const data = new Float32Array(elementCount(dims));
    for (let i = 0; i < data.length; i++) data[i] = mean + deviation * next();
    return { name, dtype: storage, dims, data: storage === 'f16' ? roundToF16(data) : data };
  };
  const matrix = (name: string, inputs: number, outputs: number) =>
    tensor(name, [inputs, outputs], 0, 1 / Math.sqrt(inputs));
  const shift = (name: string, length: number) => tensor(name, [length], 0, 0.1);
  const gain = (name: string, length: number) => tensor(name, [length], 1, 0.1);
  return Array.from({ length: layers }, (_, layer) => {
    const names = layerNames(layer);
    return [
      gain(names.norm1Gamma, hidden),
      shift(names.norm1Beta, hidden),
      matrix(names.qkvWeight, hidden, 3 * hidden),
      shift(names.qkvBias, 3 * hidden),
      matrix(names.outWeight, hidden, hidden),
      shift(names.outBias, hidden),
      gain(names.norm2Gamma, hidden),
      shift(names.norm2Beta, hidden),
      matrix(names.gateWeight, hidden, inner),
      matrix(names.upWeight, hidden, inner),
      matrix(names.downWeight, inner, hidden),
      shift(names.downBias, hidden),
    ];
  }).flat();
}

/** @throws LabError `bad-spec` */
export function checkBlock(config: BlockConfig, dtype: Dtype): BlockDtype {
  if (config.hidden % config.heads !== 0) {
    throw new LabError(
      'bad-spec',
      `The block's hidden size ${config.hidden} is not divisible by its ${config.heads} heads.`,
      'Choose a hidden size that is a multiple of the number of heads.',
    );
  }
  if (dtype !== 'f32' && dtype !== 'f16') {
    throw new LabError('bad-spec', `The block is not made in ${dtype}.`, 'Choose f32 or f16.');
  }
  return dtype;
}

export interface Work {
  readonly flops: number;
  readonly bytes: number;
}

/**
 * Arithmetic and memory traffic of one run, the same for every engine. Only products are counted, as is usual
 * for models (PaLM, arXiv:2204.02311, appendix B). Bytes: the weights once, and the tensors that the fewest
 * dispatches must hand on: qkv, attention's output, h, the MLP's inner values and y, each written once and read
 * once for every use. Norms are made on the way into the product that uses them.
 */
export function blockWork(config: BlockConfig, dtype: Dtype, batch: number): Work {
  const { hidden, inner, layers, sequence } = config;
  const tokens = batch * sequence;
  const weights = 4 * hidden * hidden + 3 * hidden * inner;
  const vectors = 9 * hidden;
  const attention = 2 * sequence * hidden;
  const handedOn = 14 * hidden + 2 * inner;
  const elementBytes = checkBlock(config, dtype) === 'f16' ? 2 : 4;
  return {
    flops: layers * tokens * 2 * (weights + attention),
    bytes: layers * elementBytes * (weights + vectors + tokens * handedOn),
  };
}
