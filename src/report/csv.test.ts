import { describe, expect, it } from 'vitest';
import { goldenV1 } from '../core/contract/golden';
import { renderCsv } from './csv';
import { syntheticResult } from './testing/synthetic';

/** Reads RFC 4180, strictly. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

function records(text: string): Record<string, string>[] {
  const [head, ...rows] = parse(text);
  return rows.map((row) => Object.fromEntries(head!.map((name, i) => [name, row[i]!])));
}

describe('CSV', () => {
  it('has a line a case, all of the same length', () => {
    const rows = parse(renderCsv(goldenV1()));
    expect(rows).toHaveLength(10);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  it('gives metrics in full, in the unit of the header, with the ends of the interval', () => {
    const golden = goldenV1();
    const [first, second] = records(renderCsv(golden));
    const { value, interval, n } = golden.cases[0]!.metrics['wall.median']!;
    expect(first).toMatchObject({
      'wall.median (ns)': `${value}`,
      'wall.median.low (ns)': `${interval![0]}`,
      'wall.median.high (ns)': `${interval![1]}`,
      'wall.median.n': `${n}`,
      'peakBytes (B)': '12517376',
      'wall.p99 (ns)': '',
      batch: '1',
      softwareAdapter: 'true',
    });
    expect(second).toMatchObject({ 'gpu.median (ns)': '', 'engine.id': 'ort-wasm' });
  });

  it('gives no times of a wrong case', () => {
    const wrong = records(renderCsv(goldenV1())).at(-1)!;
    expect(wrong).toMatchObject({ status: 'wrong', 'wall.median (ns)': '', 'verification.passed': 'false' });
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1+1', '@SUM(1)', '  =1', '\t=1', '＝1'])(
    'keeps a spreadsheet from computing a model named %j',
    (model) => {
      const result = syntheticResult({ batches: [1], engines: ['wgsl'], samples: 6, model });
      const [record] = records(renderCsv(result));
      expect(record!['workload.id']).toBe(`'${model}`);
    },
  );

  it.each(['a,b', 'a"b', 'a\r\nb', 'a\nb', '",",'])('gives a model named %j back', (model) => {
    const result = syntheticResult({ batches: [1], engines: ['wgsl'], samples: 6, model });
    expect(records(renderCsv(result))[0]!['workload.id']).toBe(model);
  });
});
