import type { RunResult } from '../core/contract';
import { isSoftware, SOFTWARE_NOTICE } from './environment';
import { plain } from './plain';
import { type CaseTable, type Column, caseTables, formatCell } from './table';

const GAP = '  ';

/** Characters a column needs; wide scripts count as one each, which at worst pushes a column aside. */
const lengthOf = (text: string) => [...text].length;

function pad(text: string, width: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return align === 'left' ? text + space : space + text;
}

interface Strip {
  readonly column: Column;
  readonly cells: readonly string[];
  readonly width: number;
}

function stripOf(column: Column, { cases }: CaseTable): Strip {
  const cells = cases.map((one) => {
    // The reason of an outcome is a sentence: it stands under the table.
    if (column.id === 'outcome') return one.outcome.status;
    const { text, spread } = formatCell(column, one);
    return spread ? `${text} ${spread}` : text;
  });
  const width = [column.title, ...cells].map(lengthOf).reduce((a, b) => Math.max(a, b));
  return { column, cells, width };
}

/** Drops the columns of highest rank until the rest fits; those of rank 0 stay. */
function fitted(strips: readonly Strip[], width: number): readonly Strip[] {
  const used = strips.reduce((sum, strip) => sum + strip.width + GAP.length, -GAP.length);
  const last = strips.reduce((rank, strip) => Math.max(rank, strip.column.rank ?? 0), 0);
  if (used <= width || last === 0) return strips;
  const dropped = strips.findLastIndex((strip) => strip.column.rank === last);
  return fitted(strips.toSpliced(dropped, 1), width);
}

function render(table: CaseTable, width: number): string {
  const strips = fitted(
    table.columns.map((column) => stripOf(column, table)),
    width,
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => pad(text, strips[i]!.width, strips[i]!.column.align))
      .join(GAP)
      .trimEnd();
  const rows = table.cases.map((_, row) => line(strips.map((strip) => strip.cells[row] ?? '')));
  const reasons = table.cases.flatMap(({ id, outcome }) =>
    outcome.status === 'ok' ? [] : [`${GAP}${plain(id)} ${outcome.status}: ${plain(outcome.reason)}`],
  );
  return [table.experiment, line(strips.map((strip) => strip.column.title)), ...rows, ...reasons].join('\n');
}

/**
 * The cases as text for a terminal, one table an experiment.
 * @param width characters a line; columns that matter least are left out to keep to it.
 */
export function textTable(result: RunResult, { width }: { readonly width: number }): string {
  const notice = isSoftware(result) ? [SOFTWARE_NOTICE] : [];
  return [...notice, ...caseTables(result).map((table) => render(table, width))].join('\n\n');
}
