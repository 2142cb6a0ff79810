/** Uniform in [0, 1), in steps of 2⁻³². */
export type Rng = () => number;

/** SplitMix32 (Steele, Lea & Flood 2014, with the finaliser of MurmurHash3): spreads one word into a full state. */
function splitmix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

const rotateLeft = (x: number, k: number) => (x << k) | (x >>> (32 - k));

/**
 * A seeded generator: xoshiro128** (Blackman & Vigna 2021, https://prng.di.unimi.it/). The same seed gives
 * the same numbers on every machine.
 * @param seed an integer; its low 32 bits count.
 */
export function rng(seed: number): Rng {
  const next = splitmix32(seed);
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result * 2 ** -32;
  };
}

/** Standard normal, by Box & Muller (1958). */
export function normal(random: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Uniform integer in [0, n). */
export function integer(random: Rng, n: number): number {
  return Math.floor(random() * n);
}
