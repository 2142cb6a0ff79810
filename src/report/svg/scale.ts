/** Log-axis arithmetic of the charts: domains that end on round numbers, and round ticks inside them. */

/** Position of a value on an axis. */
export type Scale = (value: number) => number;

export type Domain = readonly [low: number, high: number];

/** Tolerance for what is equal but for floating point. */
const SLACK = 1e-9;

/** Digits × 10ⁿ from at or below `low` to at or above `high`. */
function roundNumbers(low: number, high: number, digits: readonly number[] = [1, 2, 5]): number[] {
  const from = Math.floor(Math.log10(low) + SLACK);
  const to = Math.ceil(Math.log10(high) - SLACK) + 1;
  const decades = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return decades.flatMap((exponent) => digits.map((digit) => Number(`${digit}e${exponent}`)));
}

/** The smallest range between 1-2-5 numbers that holds the values, at least a factor of two; 1…10 if there are none. */
export function logDomain(values: readonly number[]): Domain {
  const held = values.filter((value) => value > 0 && Number.isFinite(value));
  if (held.length === 0) return [1, 10];
  const low = held.reduce((a, b) => Math.min(a, b));
  const high = held.reduce((a, b) => Math.max(a, b));
  const round = roundNumbers(low, high);
  const bottom = round.findLast((value) => value <= low * (1 + SLACK)) ?? low;
  return [bottom, round.find((value) => value >= high * (1 - SLACK) && value > bottom) ?? high];
}

export function logScale([low, high]: Domain, [from, to]: readonly [number, number]): Scale {
  return (value) => from + ((to - from) * Math.log(value / low)) / Math.log(high / low);
}

/** At most `most` round numbers in a domain: 1-2-5 where they fit, else 1-3, else powers of ten, or every n-th of them. */
export function logTicks([low, high]: Domain, most: number): number[] {
  const inside = (value: number) => value >= low * (1 - SLACK) && value <= high * (1 + SLACK);
  for (const digits of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = roundNumbers(low, high, digits).filter(inside);
    if (ticks.length <= most) return ticks;
  }
  const powers = roundNumbers(low, high, [1]).filter(inside);
  const every = Math.ceil(powers.length / most);
  return powers.filter((_, i) => i % every === 0);
}

/** Positions at least `gap` apart within the bounds, in the same order and near to where they want to be. */
export function spread(wanted: readonly number[], gap: number, [top, bottom]: Domain): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  let least = top;
  for (const one of order) {
    one.at = Math.max(one.at, least);
    least = one.at + gap;
  }
  let most = bottom;
  for (const one of order.toReversed()) {
    one.at = Math.min(one.at, most);
    most = one.at - gap;
  }
  return order.sort((a, b) => a.index - b.index).map((one) => one.at);
}
