import type { Stage } from '../../gpu/program';
import { foldGrid } from '../grid';
import type { DeviceLimits } from '../kernel';
import { type FloatDtype, wgsl } from '../wgsl';
import { type Access, declareMatrices, type Matrix, matrixBindings } from './matrix';
import { chooseTile, isWhole, type Product, tileCount } from './tile';
import { tileCode } from './tileCode';

/** A matrix of a product before it is known how it can be accessed. */
export interface Operand extends Omit<Matrix, 'access'> {
  /** Numbers that must divide by 4 for a row's quads to lie on 4-element boundaries: columns, stride, offsets. */
  readonly aligned: readonly number[];
}

/**
 * One dispatch that computes a product on the register tile.
 * @param code WGSL of `load_a`, `load_b` (`load_b2`) and `store`; see tileCode.
 * @param operands the matrices that `code` reads and writes, bound in this order.
 * @param constants values of overrides that `code` declares.
 */
export function productStage(
  label: string,
  dtype: FloatDtype,
  product: Product,
  code: string,
  operands: readonly Operand[],
  limits: DeviceLimits,
  constants: Stage['constants'] = {},
): Stage {
  const tile = chooseTile(product, limits);
  const whole = isWhole(tile, product);
  const matrices = operands.map(({ aligned, ...matrix }) => ({
    ...matrix,
    access: accessFor(aligned, whole),
  }));
  const { m, k, n, batches, layout } = product;
  return {
    label,
    code: wgsl(dtype, declareMatrices(matrices), code, tileCode(tile, layout)),
    constants: { M: m, K: k, N: n, BATCHES: batches, ...constants },
    bindings: matrixBindings(matrices),
    workgroups: foldGrid(tileCount(tile, product), limits),
  };
}

/** @param aligned numbers that must divide by 4; see Operand. */
export function accessFor(aligned: readonly number[], whole: boolean): Access {
  if (aligned.some((size) => size % 4 !== 0)) return 'singles';
  return whole ? 'whole' : 'quads';
}
