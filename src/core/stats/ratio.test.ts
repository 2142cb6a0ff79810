import { describe, expect, test } from 'vitest';
import { MIN_PAIRS, normal, pairedRatio, type Rng, rng } from '.';

const logNormal = (sigma: number) => (random: Rng) => Math.exp(sigma * normal(random));
const exponential = (random: Rng) => 1 - Math.log(1 - random());
const draws = (n: number, draw: (random: Rng) => number, random: Rng) =>
  Array.from({ length: n }, () => draw(random));

describe('ratio of paired medians', () => {
  const random = rng(1);
  const base = draws(60, logNormal(0.02), random);

  test('verdicts', () => {
    const against = (factor: number, sigma: number) =>
      pairedRatio(
        base,
        base.map((x) => x * factor * Math.exp(sigma * normal(random))),
        { seed: 1 },
      )?.verdict;
    expect(against(0.5, 0.01)).toBe('faster');
    expect(against(1.5, 0.01)).toBe('slower');
    expect(against(1, 0.001)).toBe('same');
    expect(against(0.99, 0.3)).toBe('unclear');
  });

  test('ratio is baseline ÷ candidate, inside its interval, and repeatable', () => {
    const half = base.map((x) => x / 2);
    const result = pairedRatio(base, half, { seed: 3 });
    expect(result?.ratio).toBeCloseTo(2, 12);
    expect(result?.interval[0]).toBeCloseTo(2, 12);
    expect(pairedRatio(base, half, { seed: 3 })).toEqual(result);
  });

  test('what disturbs both sides of a pair cancels', () => {
    const disturbance = draws(60, logNormal(0.5), random);
    const result = pairedRatio(
      disturbance,
      disturbance.map((x) => x / 1.1),
      { seed: 1 },
    );
    expect(result?.verdict).toBe('faster');
  });

  test('too few pairs say nothing', () => {
    expect(pairedRatio(base.slice(0, MIN_PAIRS - 1), base, { seed: 1 })).toBeNull();
  });

  test('means serve where the clock ticks coarser than the work', () => {
    // 0.5 and 0.8 ticks read as 0 or 1: the medians are 0 or 1, the means are right.
    const ticks = (share: number) => draws(2000, (r) => Math.floor(share + r()), rng(2));
    const result = pairedRatio(ticks(0.8), ticks(0.5), { seed: 1, statistic: 'mean' });
    expect(Math.abs((result?.ratio ?? 0) - 1.6)).toBeLessThan(0.1);
    expect(result?.verdict).toBe('faster');
  });
});

/** Slow: each draw is a whole bootstrap. Numbers of draws are method.md's. */
test('coverage over 1,000 draws of the 95 % interval', () => {
  const random = rng(7);
  let covered = 0;
  for (let i = 0; i < 1000; i++) {
    const result = pairedRatio(
      draws(20, logNormal(0.5), random),
      draws(20, (r) => logNormal(0.5)(r) / 1.5, random),
      { seed: i },
    );
    if (result && result.interval[0] <= 1.5 && 1.5 <= result.interval[1]) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(930);
  expect(covered).toBeLessThanOrEqual(970);
});

describe('of 200 A/A comparisons at most two are called faster or slower', () => {
  test.each([
    { name: 'log-normal, little noise', draw: logNormal(0.05), n: 10 },
    { name: 'log-normal, much noise', draw: logNormal(0.5), n: 10 },
    { name: 'log-normal, much noise', draw: logNormal(0.5), n: 50 },
    { name: 'exponential', draw: exponential, n: 30 },
  ])('$name, $n pairs', ({ draw, n }) => {
    const random = rng(23);
    const verdicts = Array.from(
      { length: 200 },
      (_, i) => pairedRatio(draws(n, draw, random), draws(n, draw, random), { seed: i })?.verdict,
    );
    expect(verdicts.filter((v) => v === 'faster' || v === 'slower').length).toBeLessThanOrEqual(2);
  });
});
