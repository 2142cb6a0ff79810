/** Components of a WGSL vector. */
export const LANES = ['x', 'y', 'z', 'w'] as const;

/** 0, 1, … n − 1: for text that is unrolled. */
export const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Lines of text, each that far to the right. */
export function indent(spaces: number, lines: readonly string[]): string {
  return lines.join('\n').replace(/^/gm, ' '.repeat(spaces));
}
