/**
 * Random numbers addressed by name: the same key gives the same sequence whatever was drawn before, so
 * that an item of a batch has the same data at every batch size, on every engine, in every session.
 */

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Uniform numbers in [0, 1): Chris Doty-Humphrey's sfc32 (PractRand), mixed by 12 rounds from its key. */
export function uniform(...key: readonly (string | number)[]): () => number {
  const text = key.join('\u0000');
  let a = hash(text);
  let b = hash(`${text}\u0001`);
  let c = hash(`${text}\u0002`);
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** Standard normal numbers, by Box and Muller. */
export function normal(...key: readonly (string | number)[]): () => number {
  const next = uniform(...key);
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
