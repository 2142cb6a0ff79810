/** IEEE 754 binary16 by its bits: sign 1, exponent 5 (bias 15), fraction 10. */

const word = new Float32Array(1);
const wordBits = new Uint32Array(word.buffer);

/**
 * Bits of the f16 nearest to an f32, ties to even; from 65,520 (halfway between the largest f16 and 2^16)
 * on it is infinity, as the standard says, and NaN stays NaN.
 */
export function f16Bits(value: number): number {
  word[0] = value;
  const bits = wordBits[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Under 2^-14 the result is subnormal: a multiple of 2^-24.
  if (magnitude < 0x38800000) return sign | roundToEven(Math.abs(word[0]) * 2 ** 24);
  // Elsewhere drop 13 fraction bits; a carry out of the fraction rightly lands in the exponent.
  const odd = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor + (floor & 1);
}

/** The value of f16 bits. Every f16 is exactly an f32. */
export function f16Value(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const magnitude = bits & 0x7fff;
  if (magnitude < 0x400) return (sign ? -1 : 1) * magnitude * 2 ** -24;
  // The same fraction, and the exponent moved from bias 15 to 127; 31, for infinity and NaN, becomes 255.
  wordBits[0] = sign | ((magnitude << 13) + (magnitude < 0x7c00 ? 0x38000000 : 0x70000000));
  return word[0]!;
}

/** f16 bits of every element, ready to be uploaded. */
export function packF16(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  const packed = new Uint16Array(values.length);
  for (let i = 0; i < packed.length; i++) packed[i] = f16Bits(values[i]!);
  return packed;
}

/** The f32 values of f16 bits. */
export function unpackF16(packed: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(packed.length);
  for (let i = 0; i < values.length; i++) values[i] = f16Value(packed[i]!);
  return values;
}

/** Every element as the GPU sees it after it was stored as f16. */
export function roundToF16(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return unpackF16(packF16(values));
}
