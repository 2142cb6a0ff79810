import { useMemo, useState } from 'react';
import type { CaseResult } from '../../core';
import { type Column, sortRows } from '../case-columns';
import { Swatch } from './Swatch';

interface CaseTableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly cases: readonly CaseResult[];
  /** Cases planned but not finished yet: their rows are held open so that nothing moves as they arrive. */
  readonly waiting: number;
  readonly best: ReadonlySet<string>;
  readonly software: boolean;
  onOpen(caseId: string): void;
}

const STATUS = {
  wrong: 'wrong output',
  failed: 'failed',
  unsupported: 'unsupported',
  interrupted: 'interrupted',
} as const;

function Header({ column, sort, onSort }: { column: Column; sort: Sort; onSort(sort: Sort): void }) {
  const on = sort.id === column.id;
  return (
    <th
      scope="col"
      data-align={column.align}
      aria-sort={on ? (sort.up ? 'ascending' : 'descending') : 'none'}
    >
      <button type="button" onClick={() => onSort({ id: column.id, up: on ? !sort.up : true })}>
        {column.title}
        <span aria-hidden="true">{on ? (sort.up ? ' ↑' : ' ↓') : ''}</span>
      </button>
    </th>
  );
}

interface Sort {
  readonly id: string;
  readonly up: boolean;
}

function Row({
  row,
  columns,
  best,
  onOpen,
}: {
  row: CaseResult;
  columns: readonly Column[];
  best: boolean;
  onOpen(): void;
}) {
  const { outcome } = row;
  const lead = columns.filter((column) => column.align === 'left');
  const rest = columns.filter((column) => column.align !== 'left');
  return (
    <tr data-best={best || undefined} data-status={outcome.status} onClick={onOpen}>
      {lead.map((column, i) => (
        <td key={column.id} data-align="left">
          {i === 0 ? (
            <button
              type="button"
              className="open"
              aria-haspopup="dialog"
              onClick={(event) => {
                event.stopPropagation();
                onOpen();
              }}
            >
              {column.cell(row).text}
              <span className="hidden">: details</span>
            </button>
          ) : (
            <span className="engine">
              {column.id === 'engine' && <Swatch engine={row.engine} />}
              {column.cell(row).text}
            </span>
          )}
        </td>
      ))}
      {outcome.status === 'ok' ? (
        rest.map((column) => {
          const { text, spread } = column.cell(row);
          return (
            <td key={column.id} className={column.key(row) === null ? 'mute' : undefined}>
              {text || '–'} {spread && <span className="ci">{spread}</span>}
            </td>
          );
        })
      ) : (
        <td colSpan={rest.length} data-align="left" className="reason">
          <b data-status={outcome.status}>{STATUS[outcome.status]}</b> {outcome.reason}
        </td>
      )}
    </tr>
  );
}

/** The evidence: every case with its numbers, or with the reason why it has none. */
export function CaseTable({ caption, columns, cases, waiting, best, software, onOpen }: CaseTableProps) {
  const [sort, setSort] = useState<Sort>({ id: '', up: true });
  const rows = useMemo(
    () =>
      sortRows(
        cases,
        columns.find((c) => c.id === sort.id),
        sort.up,
      ),
    [cases, columns, sort],
  );
  return (
    <section className="panel" aria-label={caption} data-watermark={software || undefined}>
      <div className="scroll">
        <table className="cases">
          <caption className="hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Header key={column.id} column={column} sort={sort} onSort={setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                columns={columns}
                best={best.has(row.id)}
                onOpen={() => onOpen(row.id)}
              />
            ))}
          </tbody>
          {cases.length + waiting === 0 && (
            <tbody className="waiting">
              <tr>
                <td colSpan={columns.length} data-align="left" className="mute">
                  Cases appear here as they end, each with its evidence.
                </td>
              </tr>
            </tbody>
          )}
          {waiting > 0 && (
            <tbody className="waiting" aria-hidden="true">
              {Array.from({ length: waiting }, (_, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike.
                <tr key={i}>
                  <td colSpan={columns.length}>
                    <i />
                  </td>
                </tr>
              ))}
            </tbody>
          )}
        </table>
      </div>
    </section>
  );
}
