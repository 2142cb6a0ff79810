import type { RunResult } from '../core/contract';
import { isSoftware, SOFTWARE_NOTICE } from './environment';
import { type CaseTable, type Column, caseTables, formatCell } from './table';

const GAP = '  ';

/** Characters a column needs; wide scripts count as one each, which at worst pushes a column aside. */
const lengthOf = (text: string) => [...text].length;

function pad(text: string, width: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return align === 'left' ? text + space : space + text;
}

function cut(text: string, width: number): string {
  return lengthOf(text) <= width ? text : `${[...text].slice(0, width - 1).join('')}…`;
}

interface Strip {
  readonly column: Column;
  readonly cells: readonly string[];
  readonly width: number;
}

function stripOf(column: Column, { cases }: CaseTable): Strip {
  const cells = cases.map((one) => {
    const { text, spread } = formatCell(column, one);
    return spread ? `${text} ${spread}` : text;
  });
  const heading = lengthOf(column.title);
  // An outcome may be a long sentence: it gets what the others leave.
  const widest = column.id === 'outcome' ? heading : Math.max(heading, ...cells.map(lengthOf));
  return { column, cells, width: widest };
}

/** Drops the columns of highest rank until the rest fits, and gives what is left over to the outcome. */
function fitted(strips: readonly Strip[], width: number): Strip[] {
  const used = strips.reduce((sum, strip) => sum + strip.width + GAP.length, -GAP.length);
  const last = Math.max(...strips.map((strip) => strip.column.rank ?? 0));
  if (used > width && last > 0) {
    const dropped = strips.findLastIndex((strip) => strip.column.rank === last);
    return fitted(strips.toSpliced(dropped, 1), width);
  }
  return strips.map((strip) => {
    if (strip.column.id !== 'outcome') return strip;
    const room = Math.max(strip.width, strip.width + width - used);
    return { ...strip, width: room, cells: strip.cells.map((text) => cut(text, room)) };
  });
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
  return [table.experiment, line(strips.map((strip) => strip.column.title)), ...rows].join('\n');
}

/**
 * The cases as text for a terminal, one table an experiment.
 * @param width characters a line; columns that matter least are left out to keep to it.
 */
export function textTable(result: RunResult, { width }: { readonly width: number }): string {
  const notice = isSoftware(result) ? [SOFTWARE_NOTICE] : [];
  return [...notice, ...caseTables(result).map((table) => render(table, width))].join('\n\n');
}
