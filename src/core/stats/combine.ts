import type { Interval } from './order';

/** A positive number with its 95 % interval, if it has one. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval | null;
}

/**
 * Π value^power of independent estimates: a ratio is powers 1 and −1, a geometric mean powers 1/n. Its interval is
 * had from theirs on the logarithmic scale, by the method of variance estimates recovery (Zou & Donner, Statistics
 * in Medicine 27, 2008); null where one of them has none above 0.
 */
export function product(factors: readonly (Estimate & { readonly power: number })[]): Estimate {
  const centre = factors.reduce((sum, { value, power }) => sum + power * Math.log(value), 0);
  const known = factors.flatMap(({ value, interval, power }) =>
    interval && interval[0] > 0
      ? [interval.map((end) => power * Math.log(end / value)).sort((a, b) => a - b)]
      : [],
  );
  if (known.length < factors.length) return { value: Math.exp(centre), interval: null };
  const reach = (end: 0 | 1) => Math.sqrt(known.reduce((sum, ends) => sum + ends[end]! ** 2, 0));
  return { value: Math.exp(centre), interval: [Math.exp(centre - reach(0)), Math.exp(centre + reach(1))] };
}

/** a ÷ b of independent estimates. */
export function quotient(a: Estimate, b: Estimate): Estimate {
  return product([
    { ...a, power: 1 },
    { ...b, power: -1 },
  ]);
}
