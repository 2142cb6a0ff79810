import grid from '../../../../shaders/common/grid.wgsl?raw';
import storeSplit from '../../../../shaders/matmul/store-split.wgsl?raw';
import storeSplitPair from '../../../../shaders/matmul/store-split-pair.wgsl?raw';
import sumSplitPair from '../../../../shaders/matmul/sum-split-pair.wgsl?raw';
import sumSplits from '../../../../shaders/matmul/sum-splits.wgsl?raw';
import type { Program, Stage } from '../../gpu/program';
import { foldGrid } from '../grid';
import type { DeviceLimits } from '../kernel';
import { type FloatDtype, wgsl } from '../wgsl';
import { type Access, declareMatrices, type Matrix, matrixBindings } from './matrix';
import { dealOut, type ProductPlan, planProduct } from './plan';
import type { Product } from './tile';

/** A matrix of a product before it is known how it can be accessed. */
export interface Operand extends Omit<Matrix, 'access'> {
  /** Numbers that must divide by 4 for a row's quads to lie on 4-element boundaries: columns, stride, offsets. */
  readonly aligned: readonly number[];
}

/** One end of a product: WGSL functions, the matrices that they touch, and values of overrides they declare. */
export interface ProductEnd {
  readonly code: readonly string[];
  readonly operands: readonly Operand[];
  readonly constants?: Stage['constants'];
}

/** An operator around a product. Code and operands that both ends have are taken once. */
export interface ProductOperator {
  readonly label: string;
  readonly dtype: FloatDtype;
  readonly product: Product;
  /** `load_a` and `load_b` (`load_b2`); see tileCode. */
  readonly loads: ProductEnd;
  /** `store`; see tileCode. */
  readonly store: ProductEnd;
}

/** Threads of the dispatch that adds up the splits, a quad each. */
const SUM_THREADS = 64;

/**
 * The dispatches of a product, one or, where k is split, two; and the scratch buffers between them, named
 * after the label.
 */
export function productProgram(
  operator: ProductOperator,
  limits: DeviceLimits,
  plan: ProductPlan = planProduct(operator.product, limits),
): Omit<Program, 'setup'> {
  if (plan.splits === 1) {
    return { buffers: [], stages: [productStage(operator, operator.store, plan, limits)] };
  }
  const { label, product, store } = operator;
  const { m, n, batches, layout } = product;
  const names = layout === 'pair' ? ['partials', 'partials2'] : ['partials'];
  const partials = (use: Matrix['use']): Operand[] =>
    names.map((name) => ({
      name,
      buffer: `${label} ${name}`,
      use,
      element: 'f32',
      rows: 'M',
      cols: `${wholeQuads(n)}u`,
      offset: `(split * BATCHES + batch) * M * ${wholeQuads(n)}u`,
      aligned: [],
    }));
  const put: ProductEnd = {
    code: [layout === 'pair' ? storeSplitPair : storeSplit],
    operands: partials('write'),
  };
  const taken: ProductEnd = { ...store, operands: [...partials('read'), ...store.operands] };
  return {
    buffers: names.map((name) => ({
      name: `${label} ${name}`,
      role: 'scratch',
      dtype: 'f32',
      length: plan.splits * batches * m * wholeQuads(n),
    })),
    stages: [productStage(operator, put, plan, limits), sumStage(operator, taken, plan.splits, limits)],
  };
}

/** Columns of a row that is rounded up to whole quads. */
const wholeQuads = (n: number) => Math.ceil(n / 4) * 4;

/** Adds up the splits and does with the sum what the operator does. */
function sumStage(
  { label, dtype, product }: ProductOperator,
  { code, operands, constants }: ProductEnd,
  splits: number,
  limits: DeviceLimits,
): Stage {
  const { m, n, batches, layout } = product;
  const matrices = operands.map((operand) => accessed(operand, false));
  return {
    label: `${label} sum`,
    code: wgsl(dtype, declareMatrices(matrices), ...code, grid, layout === 'pair' ? sumSplitPair : sumSplits),
    constants: { M: m, N: n, BATCHES: batches, SPLITS: splits, ...constants },
    bindings: matrixBindings(matrices),
    workgroups: foldGrid(Math.ceil((batches * m * wholeQuads(n)) / 4 / SUM_THREADS), limits),
  };
}

function productStage(
  { label, dtype, product, loads }: ProductOperator,
  store: ProductEnd,
  plan: ProductPlan,
  limits: DeviceLimits,
): Stage {
  const { code, workgroups, span, whole } = dealOut(plan, product);
  const operands = [...loads.operands, ...store.operands];
  const matrices = operands
    .filter(({ name }, i) => operands.findIndex((o) => o.name === name) === i)
    .map((operand) => accessed(operand, whole));
  const { m, k, n, batches } = product;
  const { splits } = plan;
  return {
    label,
    code: wgsl(dtype, declareMatrices(matrices), ...new Set([...loads.code, ...store.code]), code),
    constants: {
      ...{ M: m, K: k, N: n, BATCHES: batches, SPLITS: splits, SPAN: span },
      ...loads.constants,
      ...store.constants,
    },
    bindings: matrixBindings(matrices),
    workgroups: foldGrid(workgroups * splits, limits),
  };
}

const accessed = ({ aligned, ...matrix }: Operand, whole: boolean): Matrix => ({
  ...matrix,
  access: accessFor(aligned, whole),
});

/** @param aligned numbers that must divide by 4; see Operand. */
export function accessFor(aligned: readonly number[], whole: boolean): Access {
  if (aligned.some((size) => size % 4 !== 0)) return 'singles';
  return whole ? 'whole' : 'quads';
}
