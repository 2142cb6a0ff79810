import { strFromU8, strToU8, Unzlib, zlibSync } from 'fflate';
import { DICTIONARY } from './dictionary';

/** Longest payload that is read, in characters. */
export const MAX_PAYLOAD = 64 * 1024;
/** Most bytes that a payload may inflate to. */
export const MAX_INFLATED = 2 * 1024 * 1024;

/** Deflate expands at most 1032:1, so a slice this long never inflates to much more than 512 KiB at once. */
const SLICE = 512;

/** Text → zlib (RFC 1950: deflate with a preset dictionary and a checksum) → base64url without padding (RFC 4648 §5). */
export function compress(text: string): string {
  const bytes = zlibSync(strToU8(text), { level: 9, dictionary: DICTIONARY });
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The inverse of `compress`. Inflates in slices and stops at the cap, so that a bomb is never unfolded.
 * @throws Error when the payload is too long, malformed, truncated, altered, or inflates beyond the cap.
 */
export function decompress(payload: string): string {
  if (payload.length > MAX_PAYLOAD) throw new Error('it is too long');
  if (!/^[A-Za-z0-9_-]+$/.test(payload)) throw new Error('it holds characters that no link has');
  const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const inflated = inflate(bytes);
  const checksum = new DataView(bytes.buffer).getUint32(bytes.length - 4);
  if (checksum !== adler32(inflated)) throw new Error('it was cut or altered');
  return strFromU8(inflated);
}

function inflate(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Unzlib({ dictionary: DICTIONARY }, (part) => {
    parts.push(part);
    length += part.length;
  });
  for (let at = 0; at < bytes.length; at += SLICE) {
    stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
    if (length > MAX_INFLATED) throw new Error('it unfolds to too much data');
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Most bytes that can be summed before 32 bits overflow (zlib's NMAX). */
const UNREDUCED = 5552;

/** Checksum of RFC 1950 §9, which fflate writes but does not check. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let from = 0; from < bytes.length; from += UNREDUCED) {
    for (const byte of bytes.subarray(from, from + UNREDUCED)) {
      a += byte;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
