import { describe, expect, it } from 'vitest';
import type { CaseResult, Metric } from '../core/contract';
import { goldenV1 } from '../core/contract/golden';
import { METRICS } from '../core/metrics';
import { COLUMNS, caseTables, engineLabel, formatCell } from './table';

const golden = goldenV1();
const column = (id: string) => COLUMNS.find((one) => one.id === id)!;
const time: Metric = { value: 2_000_000, unit: 'ns', interval: [1_980_000, 2_020_000], n: 30 };
const withMetric = (metric: Metric): CaseResult => ({
  ...golden.cases[0]!,
  metrics: { 'wall.median': metric },
});

describe('columns', () => {
  it('have distinct ids and one for each metric', () => {
    const ids = COLUMNS.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(METRICS.map((one) => one.id)));
  });

  it('show no number of a case that was not verified, even if the file claims one', () => {
    const claimed = { ...golden.cases.at(-1)!, metrics: { 'wall.median': time } };
    expect(claimed.outcome.status).toBe('wrong');
    expect(column('wall.median').value(claimed)).toBeNull();
    expect(formatCell(column('outcome'), claimed).text).toContain('wrong: output y');
  });

  it('ignore a metric inherited from an object', () => {
    expect(column('wall.median').value({ ...golden.cases[0]!, metrics: {} })).toBeNull();
  });
});

describe('formatCell', () => {
  it('gives a metric with its unit and the half-width of its interval', () => {
    expect(formatCell(column('wall.median'), withMetric(time))).toEqual({
      text: '2.00 ms',
      spread: '±1 %',
      withheld: false,
    });
  });

  it('says how many samples are missing, and draws a dash where nothing was measured', () => {
    const none = { ...time, value: null, interval: null };
    const needs = withMetric({ ...none, withheld: 'needs 311 more samples' });
    expect(formatCell(column('wall.median'), needs)).toMatchObject({
      text: 'needs 311 more samples',
      withheld: true,
    });
    const never = withMetric({ ...none, n: 0, withheld: 'no wall time was measured' });
    expect(formatCell(column('wall.median'), never).text).toBe('–');
  });

  it('takes out what would steer a terminal', () => {
    const { text } = formatCell(column('engine'), {
      ...golden.cases[0]!,
      engine: '\u001b[2Ja\u202eb\nc',
      options: {},
    });
    expect(text).toBe('\ufffd[2Ja\ufffdb\ufffdc');
  });
});

describe('caseTables', () => {
  it('gives one table an experiment, in order, with all cases', () => {
    const tables = caseTables(golden);
    expect(tables.map((one) => one.experiment)).toEqual(['batch', 'fusion']);
    expect(tables.flatMap((one) => one.cases)).toEqual(golden.cases);
  });

  it('leaves out columns that are empty in every row', () => {
    const onCpu = golden.cases.filter((one) => one.engine === 'ort-wasm');
    const ids = caseTables({ cases: onCpu })[0]!.columns.map((one) => one.id);
    expect(ids).toContain('wall.median');
    expect(ids).not.toContain('gpu.median');
    expect(ids).not.toContain('dispatches');
  });
});

it('an engine is named with its options', () => {
  expect(engineLabel({ engine: 'wgsl', options: { variant: 'fused' } })).toBe('wgsl fused');
});
