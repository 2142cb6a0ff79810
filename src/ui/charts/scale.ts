import { formatDuration } from '../../core';
import type { Domain } from '../../report/svg/scale';

/** The ticks that leave room for `value`, which has a label of its own, on an axis of `length` pixels. */
export function ticksAway(
  ticks: readonly number[],
  value: number | null,
  [low, high]: Domain,
  length: number,
): number[] {
  if (value === null) return [...ticks];
  const pixels = (tick: number) => (Math.abs(Math.log(tick / value)) / Math.log(high / low)) * length;
  return ticks.filter((tick) => pixels(tick) > 13);
}

/** A value that reads well, at two significant digits: what a dragged limit snaps to. */
export function readable(value: number): number {
  return Number(value.toPrecision(2));
}

/** A duration of few digits as it is said: `5 ms`, not `5.00 ms`. */
export function formatTick(ns: number): string {
  return formatDuration(ns)
    .replace(/(\.\d*?)0+ /, '$1 ')
    .replace('. ', ' ');
}
