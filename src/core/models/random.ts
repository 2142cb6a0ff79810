/**
 * Random numbers addressed by name: the same key gives the same sequence whatever was drawn before, so
 * that an item of a batch has the same data at every batch size, on every engine, in every session.
 */
import { normal as drawNormal, type Rng, rng } from '../stats';

type Key = readonly (string | number)[];

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Uniform numbers in [0, 1). */
export function uniform(...key: Key): Rng {
  return rng(hash(key.join('\u0000')));
}

/** Standard normal numbers. */
export function normal(...key: Key): () => number {
  const random = uniform(...key);
  return () => drawNormal(random);
}

/** A prime, so that repeating after it puts different numbers at every power-of-two stride. */
const PERIOD = 1_048_573;

/** Many standard normal numbers, repeating after a long prime period: drawing 67 million would take seconds. */
export function normals(length: number, scale: number, ...key: Key): Float32Array<ArrayBuffer> {
  const draw = normal(...key);
  const values = new Float32Array(length);
  for (let i = 0; i < Math.min(length, PERIOD); i++) values[i] = draw() * scale;
  for (let filled = PERIOD; filled < length; filled *= 2) values.copyWithin(filled, 0, filled);
  return values;
}
