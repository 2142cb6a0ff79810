import { describe, expect, it } from 'vitest';
import { goldenV1 } from '../core/contract/golden';
import { SOFTWARE_NOTICE } from './environment';
import { decodeLink, encodeLink } from './link';
import { syntheticResult } from './testing/synthetic';
import { textTable } from './text-table';

const synthetic = syntheticResult({ batches: [1, 8, 64], samples: 60 });

describe('textTable', () => {
  it.each([80, 100, 120, 160])('keeps its tables within %i characters', (width) => {
    const lines = textTable(synthetic, { width }).split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(width);
  });

  it('keeps what matters most: workload, engine, outcome, then wall time', () => {
    const [, heading] = textTable(synthetic, { width: 62 }).split('\n');
    expect(heading?.split(/ {2,}/)).toEqual(['Workload', 'Engine', 'Outcome', 'Wall time']);
  });

  it('lines its columns up', () => {
    const [, heading, ...rows] = textTable(synthetic, { width: 100 }).split('\n');
    expect(rows).toHaveLength(9);
    const engineAt = heading!.indexOf('Engine');
    for (const row of rows) expect(row.slice(engineAt)).toMatch(/^(ort-webgpu|wgsl fused|ort-wasm 8) +ok/);
  });

  it('says under the table why a case has no numbers', () => {
    const text = textTable(goldenV1(), { width: 100 });
    expect(text).toContain('wrong: output y: error 0.25 exceeds the bound 3.1e-5 at element 4097.');
    expect(text).toContain('unsupported: The adapter lacks shader-f16.');
  });

  it('begins with the notice on a software adapter, and only there', () => {
    expect(textTable(goldenV1(), { width: 100 }).startsWith(SOFTWARE_NOTICE)).toBe(true);
    expect(textTable(synthetic, { width: 100 })).not.toContain('SOFTWARE');
  });

  it('is the same for a result that went through a link, up to rounding', () => {
    const words = (text: string) => text.split(/(±?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)/);
    for (const result of [synthetic, goldenV1()]) {
      const before = words(textTable(result, { width: 300 }));
      const after = words(textTable(decodeLink(encodeLink(result)), { width: 300 }));
      expect(after).toHaveLength(before.length);
      for (const [i, word] of before.entries()) {
        if (i % 2 === 0) expect(after[i]!.trim()).toBe(word.trim());
        else {
          const [a, b] = [word, after[i]!].map((text) => Number(text.replace(/[±,]/g, '')));
          // Rounding twice may move the last digit shown by one: the second of widths and errors, else the third.
          const allowed = /^±|e/.test(word) ? 0.101 : 0.0101;
          expect(Math.abs(b! - a!)).toBeLessThanOrEqual(allowed * a!);
        }
      }
    }
  });
});
