import type { CaseResult } from '../core';
import { type Cell, COLUMNS, formatCell, type Column as ReportColumn } from '../report/table';

/** A column of the reports' table, under a name short enough for the page. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly align: 'left' | 'right';
  cell(row: CaseResult): Cell;
  /** What rows are sorted by; null goes last. */
  key(row: CaseResult): number | string | null;
}

function keyOf(column: ReportColumn, row: CaseResult): number | string | null {
  const value = column.value(row);
  if (typeof value === 'boolean') return Number(value);
  return value !== null && typeof value === 'object' ? value.value : value;
}

function pick(id: string, title: string, align?: 'left'): Column {
  const column = COLUMNS.find((c) => c.id === id);
  if (!column) throw new Error(`the reports have no column ${id}`);
  return {
    id,
    title,
    align: align ?? column.align,
    cell: (row) => formatCell(column, row),
    key: (row) => keyOf(column, row),
  };
}

const SHARED = [
  pick('ceiling.share', 'of ceiling'),
  pick('dispatches', 'dispatches'),
  pick('verification.maxError', 'max error'),
];

/** Columns of the evidence on batch sizes: batch and engine lead. */
export const BATCH_COLUMNS: readonly Column[] = [
  pick('batch', 'batch', 'left'),
  pick('engine', 'engine'),
  pick('wall.median', 'p50'),
  pick('wall.p99', 'p99'),
  pick('throughput', 'throughput'),
  pick('utilisation', 'GPU busy'),
  ...SHARED,
];

/** Columns of the evidence on kernels. */
export const KERNEL_COLUMNS: readonly Column[] = [
  pick('workload', 'kernel'),
  pick('engine', 'variant'),
  pick('gpu.median', 'GPU p50'),
  pick('gpu.p99', 'GPU p99'),
  pick('tflops', 'arithmetic'),
  pick('bandwidth', 'bandwidth'),
  ...SHARED,
];

/** Sorted by a column, rows without a value last; in the order measured without one. */
export function sortRows(
  cases: readonly CaseResult[],
  column: Column | undefined,
  ascending: boolean,
): CaseResult[] {
  if (!column) return [...cases];
  return cases.toSorted((a, b) => {
    const [x, y] = [column.key(a), column.key(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const order = typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y)) : x - y;
    return ascending ? order : -order;
  });
}
