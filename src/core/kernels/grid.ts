import { LabError } from '../contract';
import type { DeviceLimits } from './kernel';

/**
 * A grid of at least `count` workgroups, folded into y where one dimension is too short for them
 * (65,535 by default). The shader numbers them with `flat_workgroup` of shaders/common/grid.wgsl and
 * returns early in those past `count`.
 * @throws LabError `limit-exceeded` when two dimensions are too short.
 */
export function foldGrid(
  count: number,
  limits: Pick<DeviceLimits, 'maxComputeWorkgroupsPerDimension'>,
): readonly [number, number, number] {
  const longest = limits.maxComputeWorkgroupsPerDimension;
  const y = Math.ceil(count / longest);
  if (y > longest) {
    throw new LabError(
      'limit-exceeded',
      `${count} workgroups do not fit into a grid.`,
      'Choose a smaller shape.',
    );
  }
  return [Math.ceil(count / y), y, 1];
}
