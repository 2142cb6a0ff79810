import type { CaseResult, Metric, RunResult } from '../core/contract';
import { METRICS } from '../core/metrics';
import { isSoftware } from './environment';
import { COLUMNS, type Column, type Value } from './table';

/** What a spreadsheet would take for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/;

/** Quoted by RFC 4180 §2; text that a spreadsheet would compute gets an apostrophe in front. */
function field(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const isMetric = (value: Value): value is Metric => typeof value === 'object' && value !== null;

/** A metric takes four fields: value, both ends of its 95 % interval, and the samples it rests on. */
const METRIC_FIELDS: readonly (readonly [suffix: string, of: (metric: Metric) => number | null])[] = [
  ['', (metric) => metric.value],
  ['.low', (metric) => metric.interval?.[0] ?? null],
  ['.high', (metric) => metric.interval?.[1] ?? null],
  ['.n', (metric) => metric.n],
];

/** A column of the table as one or more of the file: heading first, then a field a case. */
function spread(column: Column, cases: readonly CaseResult[]): string[][] {
  const values = cases.map((one) => column.value(one));
  const unit = column.unit ?? values.find(isMetric)?.unit;
  const heading = (suffix: string) => `${column.id}${suffix}${unit && suffix !== '.n' ? ` (${unit})` : ''}`;
  if (!METRICS.some(({ id }) => id === column.id)) {
    return [[heading(''), ...values.map((value) => (isMetric(value) ? '' : field(value)))]];
  }
  return METRIC_FIELDS.map(([suffix, of]) => [
    heading(suffix),
    ...values.map((value) => (isMetric(value) ? field(of(value)) : '')),
  ]);
}

/** One line a case, numbers in full and in the units that the header states. */
export function renderCsv(result: RunResult): string {
  const software = ['softwareAdapter', ...result.cases.map(() => field(isSoftware(result)))];
  const columns = [software, ...COLUMNS.flatMap((column) => spread(column, result.cases))];
  const lines = software.map((_, line) => columns.map((column) => column[line]).join(','));
  return lines.map((line) => `${line}\r\n`).join('');
}
