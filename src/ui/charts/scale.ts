import { formatDuration } from '../core';

/** Log-axis arithmetic of the charts: domains that end on round numbers, and round ticks inside them. */

const ROUND = [1, 2, 5, 10];

function roundDown(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * Math.max(...ROUND.filter((r) => r <= (value / decade) * (1 + 1e-9)));
}

function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * Math.min(...ROUND.filter((r) => r >= (value / decade) * (1 - 1e-9)));
}

/** The smallest range between 1-2-5 numbers that holds all `values`; a decade around 1 if there are none. */
export function logDomain(values: readonly number[]): [number, number] {
  const held = values.filter((v) => v > 0 && Number.isFinite(v));
  if (held.length === 0) return [1, 10];
  const [low, high] = [roundDown(Math.min(...held)), roundUp(Math.max(...held))];
  return low === high ? [roundDown(low / 1.5), roundUp(high * 1.5)] : [low, high];
}

/** Round numbers in a domain, at most `most`: 1-2-5 where that fits, else decades, else every other decade… */
export function logTicks([low, high]: readonly [number, number], most: number): number[] {
  const decades: number[] = [];
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  for (let e = from; e <= to; e++) decades.push(e);
  const inside = (v: number) => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9);
  const round = (v: number) => Number(v.toPrecision(6));
  for (const steps of [
    [1, 2, 5],
    [1, 3],
  ]) {
    const ticks = decades.flatMap((e) => steps.map((s) => round(s * 10 ** e))).filter(inside);
    if (ticks.length <= most) return ticks;
  }
  for (let every = 1; ; every++) {
    const ticks = decades
      .filter((_, i) => i % every === 0)
      .map((e) => round(10 ** e))
      .filter(inside);
    if (ticks.length <= most || every > decades.length) return ticks;
  }
}

/** The ticks that leave room for `value`, which has a label of its own, on an axis of `length` pixels. */
export function ticksAway(
  ticks: readonly number[],
  value: number | null,
  [low, high]: readonly [number, number],
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

/** Positions at least `gap` apart within [top, bottom], in the same order and as near to where they want to be as that allows. */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let floor = top;
  for (const item of order) {
    item.y = Math.max(item.y, floor);
    floor = item.y + gap;
  }
  let ceiling = bottom;
  for (const item of order.toReversed()) {
    item.y = Math.min(item.y, ceiling);
    ceiling = item.y - gap;
  }
  const placed = new Array<number>(wanted.length);
  for (const { y, i } of order) placed[i] = y;
  return placed;
}

/** A duration of few digits as it is said: `5 ms`, not `5.00 ms`. */
export function formatTick(ns: number): string {
  return formatDuration(ns)
    .replace(/(\.\d*?)0+ /, '$1 ')
    .replace('. ', ' ');
}
