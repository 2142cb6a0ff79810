import { describe, expect, it } from 'vitest';
import { f16Bits, f16Value, packF16, roundToF16 } from './float16';

describe('float16', () => {
  it('gives every one of the 65,536 patterns back', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = f16Value(bits);
      if (Number.isNaN(value)) expect(f16Bits(value) & 0x7fff).toBe(0x7e00);
      else expect(f16Bits(value)).toBe(bits);
    }
  });

  it('rounds a value halfway between neighbours to the even one, and others to the nearer', () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const low = f16Value(bits);
      const high = f16Value(bits + 1);
      const half = (low + high) / 2;
      const ulp32 = 2 ** Math.max(Math.floor(Math.log2(half)) - 23, -149);
      expect(f16Bits(half)).toBe(bits + (bits & 1));
      expect(f16Bits(half - ulp32)).toBe(bits);
      expect(f16Bits(half + ulp32)).toBe(bits + 1);
    }
  });

  it('treats the ends as the standard does', () => {
    expect(f16Bits(65519.99)).toBe(0x7bff);
    expect(f16Bits(65520)).toBe(0x7c00);
    expect(f16Bits(-1e30)).toBe(0xfc00);
    expect(f16Bits(Number.NEGATIVE_INFINITY)).toBe(0xfc00);
    expect(f16Bits(-0)).toBe(0x8000);
    expect(f16Bits(2 ** -25)).toBe(0);
    expect(f16Bits(2 ** -26)).toBe(0);
  });

  it('works on arrays', () => {
    expect([...packF16([1, -2, 0.5])]).toEqual([0x3c00, 0xc000, 0x3800]);
    expect([...roundToF16([1 + 2 ** -12, 2049])]).toEqual([1, 2048]);
  });
});
