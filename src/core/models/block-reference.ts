import type { BlockConfig, Dtype, HostTensor } from '../contract';
import { type BlockDtype, checkBlock, LAYER_NORM_EPSILON, layerNames } from './block';

type Weights = Readonly<Record<string, Float32Array>>;

/**
 * The block for one item in float64, and what an engine may be off by. Items of a batch do not see each other,
 * so that a batch is checked item by item.
 * @param x [sequence, hidden], as the engine sees it (rounded to the block's precision).
 * @returns both [sequence, hidden].
 */
export function blockReference(
  config: BlockConfig,
  weights: readonly HostTensor[],
  x: Float32Array,
  dtype: Dtype,
): { readonly values: Float64Array; readonly bounds: Float64Array } {
  const byName: Weights = Object.fromEntries(weights.map(({ name, data }) => [name, data as Float32Array]));
  let values = Float64Array.from(x);
  for (let layer = 0; layer < config.layers; layer++) values = layerReference(config, byName, layer, values);
  return { values, bounds: blockBounds(config, values, checkBlock(config, dtype)) };
}

/**
 * Allowed errors, relative to the largest value of the output's row. The norms keep every product's terms of
 * order one, so that rounding makes a product of K terms wrong by about u·√K of its row's magnitude (Higham &
 * Mary, SIAM J. Sci. Comput. 41(5), 2019); u is that of f16 where the block is f16, since onnxruntime
 * accumulates in it. Layers add their errors to the stream independently: √layers.
 *
 * The constants leave a factor of four or more: onnxruntime on the CPU and our kernels reach a quarter of the
 * f32 bound, an emulation of f16 accumulation a fifth of the f16 bound, at hidden sizes 24 to 512 alike. f32 has
 * the larger one for exp and 1/√x, which WGSL allows to be several u off.
 */
const BOUND: Readonly<Record<BlockDtype, number>> = { f32: 4 * 2 ** -24, f16: 2 * 2 ** -11 };

function blockBounds(
  { hidden, inner, sequence, layers }: BlockConfig,
  values: Float64Array,
  dtype: BlockDtype,
) {
  const relative = BOUND[dtype] * Math.sqrt(layers * Math.max(hidden, inner, sequence));
  const bounds = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += hidden) {
    let largest = 0;
    for (let i = start; i < start + hidden; i++) largest = Math.max(largest, Math.abs(values[i]!));
    bounds.fill(relative * largest, start, start + hidden);
  }
  return bounds;
}

function layerReference(config: BlockConfig, weights: Weights, layer: number, x: Float64Array) {
  const { hidden, inner } = config;
  const names = layerNames(layer);
  const get = (name: keyof typeof names) => weights[names[name]]!;

  const normed1 = layerNorm(x, hidden, get('norm1Gamma'), get('norm1Beta'));
  const qkv = matmul(normed1, hidden, get('qkvWeight'), 3 * hidden);
  addBias(qkv, get('qkvBias'));
  const h = matmul(attention(config, qkv), hidden, get('outWeight'), hidden);
  addBias(h, get('outBias'));
  addTo(h, x);

  const normed2 = layerNorm(h, hidden, get('norm2Gamma'), get('norm2Beta'));
  const gated = matmul(normed2, hidden, get('gateWeight'), inner);
  const up = matmul(normed2, hidden, get('upWeight'), inner);
  for (let i = 0; i < gated.length; i++) gated[i] = (gated[i]! / (1 + Math.exp(-gated[i]!))) * up[i]!;
  const y = matmul(gated, inner, get('downWeight'), hidden);
  addBias(y, get('downBias'));
  addTo(y, h);
  return y;
}

/** [rows, k] · [k, n]. Columns of `w` are laid end to end, and four are summed side by side: 2 GFLOP/s in V8. */
function matmul(x: Float64Array, k: number, w: Float32Array, n: number): Float64Array<ArrayBuffer> {
  const columns = new Float64Array(Math.ceil(n / 4) * 4 * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < n; j++) columns[j * k + i] = w[i * n + j]!;
  const rows = x.length / k;
  const y = new Float64Array(rows * n);
  for (let j = 0; j < n; j += 4) {
    const column = (c: number) => columns.subarray((j + c) * k, (j + c + 1) * k);
    const [c0, c1, c2, c3] = [column(0), column(1), column(2), column(3)];
    for (let row = 0; row < rows; row++) {
      const start = row * k;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < k; i++) {
        const value = x[start + i]!;
        s0 += value * c0[i]!;
        s1 += value * c1[i]!;
        s2 += value * c2[i]!;
        s3 += value * c3[i]!;
      }
      const at = row * n + j;
      y[at] = s0;
      if (j + 1 < n) y[at + 1] = s1;
      if (j + 2 < n) y[at + 2] = s2;
      if (j + 3 < n) y[at + 3] = s3;
    }
  }
  return y;
}

function layerNorm(x: Float64Array, cols: number, gamma: Float32Array, beta: Float32Array): Float64Array {
  const y = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += cols) {
    let sum = 0;
    for (let i = 0; i < cols; i++) sum += x[start + i]!;
    const mean = sum / cols;
    let squares = 0;
    for (let i = 0; i < cols; i++) squares += (x[start + i]! - mean) ** 2;
    const scale = 1 / Math.sqrt(squares / cols + LAYER_NORM_EPSILON);
    for (let i = 0; i < cols; i++) y[start + i] = (x[start + i]! - mean) * scale * gamma[i]! + beta[i]!;
  }
  return y;
}

/** Softmax attention of every head. @param qkv [sequence, 3·hidden] @returns [sequence, hidden] */
function attention({ hidden, heads, sequence }: BlockConfig, qkv: Float64Array): Float64Array {
  const dim = hidden / heads;
  const stride = 3 * hidden;
  const y = new Float64Array(sequence * hidden);
  const shares = new Float64Array(sequence);
  for (let head = 0; head < heads; head++) {
    for (let query = 0; query < sequence; query++) {
      const q = query * stride + head * dim;
      let max = Number.NEGATIVE_INFINITY;
      for (let key = 0; key < sequence; key++) {
        const k = key * stride + hidden + head * dim;
        let score = 0;
        for (let i = 0; i < dim; i++) score += qkv[q + i]! * qkv[k + i]!;
        shares[key] = score / Math.sqrt(dim);
        max = Math.max(max, shares[key]!);
      }
      let total = 0;
      for (let key = 0; key < sequence; key++) total += shares[key] = Math.exp(shares[key]! - max);
      const out = query * hidden + head * dim;
      for (let key = 0; key < sequence; key++) {
        const share = shares[key]! / total;
        const v = key * stride + 2 * hidden + head * dim;
        for (let i = 0; i < dim; i++) y[out + i]! += share * qkv[v + i]!;
      }
    }
  }
  return y;
}

function addBias(x: Float64Array, bias: Float32Array): void {
  for (let start = 0; start < x.length; start += bias.length) {
    for (let i = 0; i < bias.length; i++) x[start + i]! += bias[i]!;
  }
}

function addTo(x: Float64Array, other: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i]! += other[i]!;
}
