import { type CaseResult, type Metric, type RunResult, workloadLabel } from '../core/contract';
import { formatBytes, formatCount, formatMetric, METRICS, type MetricId } from '../core/metrics';
import { plain } from './plain';

/** What a column holds before it is formatted; null where there is nothing to show. */
export type Value = string | number | boolean | Metric | null;

/** A column of the table of cases: the one description behind CSV, Markdown, HTML, terminal and page. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** Unit of the raw value. */
  readonly unit?: string;
  readonly align: 'left' | 'right';
  /** Where room is short, columns of a lower rank stay; without a rank a column is only in files for programs. */
  readonly rank?: number;
  value(one: CaseResult): Value;
  /** For people, where the value alone does not read well. */
  text?(one: CaseResult): string;
}

/** Engine with the options that set the case apart, as at the ends of curves: `wgsl fused`. */
export function engineLabel({ engine, options }: Pick<CaseResult, 'engine' | 'options'>): string {
  return [engine, ...Object.values(options)].join(' ');
}

const RANKS: Partial<Record<MetricId, number>> = {
  'wall.median': 1,
  throughput: 1,
  'gpu.median': 2,
  'wall.p99': 4,
  'ceiling.share': 3,
  utilisation: 5,
};

function named(id: string, title: string, value: Column['value'], rank?: number): Column {
  return { id, title, align: 'left', value, ...(rank === undefined ? {} : { rank }) };
}

function counted(id: string, value: (one: CaseResult) => number | null, unit?: string): Column {
  return { id, title: id, align: 'right', value, ...(unit === undefined ? {} : { unit }) };
}

/** A case whose output was not verified shows no numbers, even if a file claims some. */
function measured(one: CaseResult, id: string): Metric | null {
  return one.outcome.status === 'ok' && Object.hasOwn(one.metrics, id) ? (one.metrics[id] ?? null) : null;
}

const model = ({ workload }: CaseResult) => (workload.kind === 'model' ? workload : null);

/** Every column there is, in the order of the files for programs. */
export const COLUMNS: readonly Column[] = [
  named('case', 'Case', (one) => one.id),
  named('experiment', 'Experiment', (one) => one.experiment),
  named('workload', 'Workload', (one) => workloadLabel(one.workload), 0),
  named('workload.id', 'Name', (one) => one.workload.id),
  named('shape', 'Shape', ({ workload }) => (workload.kind === 'kernel' ? workload.shape.join('x') : null)),
  counted('batch', (one) => model(one)?.batch ?? null),
  named('dtype', 'Precision', (one) => one.workload.dtype),
  named('engine', 'Engine', engineLabel, 0),
  named(
    'outcome',
    'Outcome',
    ({ outcome }) => {
      return outcome.status === 'ok' ? 'ok' : `${outcome.status}: ${outcome.reason}`;
    },
    0,
  ),
  named('engine.id', 'Engine id', (one) => one.engine),
  named('load', 'Load', (one) => one.load),
  ...METRICS.map(
    ({ id, title }): Column => ({
      id,
      title,
      align: 'right',
      value: (one) => measured(one, id),
      ...(id in RANKS ? { rank: RANKS[id]! } : {}),
    }),
  ),
  { ...counted('dispatches', (one) => one.counters.dispatches), title: 'Dispatches', rank: 6 },
  counted('passes', (one) => one.counters.passes),
  counted('submits', (one) => one.counters.submits),
  counted('uploadedBytes', (one) => one.counters.uploadedBytes, 'B'),
  counted('allocatedBytes', (one) => one.counters.allocatedBytes, 'B'),
  counted('flops', (one) => one.counters.flops),
  counted('bytes', (one) => one.counters.bytes, 'B'),
  counted('pipelines', (one) => one.counters.pipelines),
  { ...counted('peakBytes', (one) => one.counters.peakBytes, 'B'), title: 'Peak memory', rank: 7 },
  counted('nodes', (one) => one.counters.nodes),
  counted('cpuNodes', (one) => one.counters.cpuNodes),
  {
    id: 'verification.maxError',
    title: 'Max error',
    align: 'right',
    rank: 8,
    value: (one) => one.verification?.maxError ?? null,
    text: ({ verification: v }) =>
      v ? `${v.maxError?.toExponential(1) ?? 'not finite'} ${v.passed ? '✓' : '✗'}` : '',
  },
  counted('verification.bound', (one) => one.verification?.bound ?? null),
  counted('verification.ratio', (one) => one.verification?.ratio ?? null),
  counted('verification.compared', (one) => one.verification?.compared ?? null),
  named('verification.passed', 'Verified', (one) => one.verification?.passed ?? null),
  counted('sampling.warmupRuns', (one) => one.sampling.warmupRuns),
  counted('sampling.repeats', (one) => one.sampling.repeats),
  counted('sampling.discarded', (one) => one.sampling.discarded),
  named('sampling.stopped', 'Stopped', (one) => one.sampling.stopped),
  named('status', 'Status', (one) => one.outcome.status),
  named('warnings', 'Warnings', (one) => one.warnings.map((w) => w.code).join(', '), 9),
];

export interface Cell {
  readonly text: string;
  /** Half-width of the 95 % interval relative to the value, as `±0.4 %`; `''` without an interval. */
  readonly spread: string;
  /** The text says why there is no value. */
  readonly withheld: boolean;
}

/** Stands where nothing was measured, as against a value that is withheld for want of samples. */
const NOT_MEASURED = '–';

function spreadOf({ value, interval }: Metric): string {
  if (!value || !interval) return '';
  const percent = (50 * (interval[1] - interval[0])) / Math.abs(value);
  return `±${Number(percent.toPrecision(2))} %`;
}

function formatMeasured(metric: Metric): Cell {
  if (metric.n === 0) return { text: NOT_MEASURED, spread: '', withheld: true };
  return {
    text: plain(formatMetric(metric)),
    spread: spreadOf(metric),
    withheld: metric.value === null,
  };
}

const words = (text: string): Cell => ({ text: plain(text), spread: '', withheld: false });

/** A column's cell for people, safe to print (but not escaped for any markup). */
export function formatCell(column: Column, one: CaseResult): Cell {
  const value = column.value(one);
  if (column.text) return words(column.text(one));
  if (value === null) return words('');
  if (typeof value === 'object') return formatMeasured(value);
  if (typeof value !== 'number') return words(String(value));
  return words(column.unit === 'B' ? formatBytes(value) : formatCount(value));
}

/** The cases of one experiment with the columns that say something about them. */
export interface CaseTable {
  readonly experiment: string;
  readonly columns: readonly Column[];
  readonly cases: readonly CaseResult[];
}

/** The tables of a result, one an experiment, in the order planned. */
export function caseTables(result: Pick<RunResult, 'cases'>): CaseTable[] {
  const shown = COLUMNS.filter((column) => column.rank !== undefined);
  const experiments = [...new Set(result.cases.map((one) => one.experiment))];
  return experiments.map((experiment) => {
    const cases = result.cases.filter((one) => one.experiment === experiment);
    const columns = shown.filter((column) =>
      cases.some((one) => !['', NOT_MEASURED].includes(formatCell(column, one).text)),
    );
    return { experiment: plain(experiment), cases, columns };
  });
}
