import type { RunResult } from '../core/contract';
import { environmentFacts, isSoftware, SOFTWARE_NOTICE, timerFacts } from './environment';
import { plain } from './plain';
import { comparisonRows, countOf, warningRows } from './rows';
import { type CaseTable, type Column, caseTables, formatCell } from './table';

/** Text as text: nothing of it is taken for Markdown, HTML or the edge of a table cell. */
function literal(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(
  headings: readonly { readonly title: string; readonly align: Column['align'] }[],
  rows: readonly (readonly string[])[],
): string {
  return [
    row(headings.map(({ title }) => literal(title))),
    row(headings.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((cells) => row(cells.map(literal))),
  ].join('\n');
}

const left = (...titles: readonly string[]) => titles.map((title) => ({ title, align: 'left' as const }));

function caseTable({ columns, cases }: CaseTable): string {
  return table(
    columns,
    cases.map((one) =>
      columns.map((column) => {
        const { text, spread } = formatCell(column, one);
        return spread ? `${text} ${spread}` : text;
      }),
    ),
  );
}

function findings({ findings: all }: RunResult): string {
  return all
    .map(({ title, text, claim, verdict }) => {
      const against = claim === null ? '' : ` Claim: ${literal(claim)}`;
      const answer = verdict === null ? '' : ` *${verdict.replaceAll('-', ' ')}*.`;
      return `- **${literal(title)}.** ${literal(text)}${against}${answer}`;
    })
    .join('\n');
}

function comparisons(result: RunResult): string {
  const rows = comparisonRows(result).map((one) => [
    one.workload,
    one.candidate,
    one.baseline,
    one.clock,
    `${one.ratio} ${one.interval}`,
    one.verdict,
  ]);
  const titles = left('Workload', 'Candidate', 'Baseline', 'Clock', 'Baseline ÷ candidate', 'Candidate is');
  return rows.length === 0 ? '' : table(titles, rows);
}

function warnings(result: RunResult): string {
  return warningRows(result)
    .map(
      ({ message, next, cases }) =>
        `- ${literal(message)} ${literal(next)} (${countOf(cases.length, 'case')})`,
    )
    .join('\n');
}

/** The result as GitHub Markdown, for issues and pull requests. */
export function renderMarkdown(result: RunResult): string {
  const facts = [...environmentFacts(result), ...timerFacts(result)].map(({ title, text }) => [title, text]);
  const sections: readonly (readonly [heading: string, body: string])[] = [
    ['Findings', findings(result)],
    ...caseTables(result).map((one): [string, string] => [
      `Cases: ${literal(one.experiment)}`,
      caseTable(one),
    ]),
    ['Comparisons', comparisons(result)],
    ['Warnings', warnings(result)],
    ['Environment', table(left('', ''), facts)],
  ];
  return [
    `# Rooflab ${literal(result.id)}`,
    ...(isSoftware(result) ? [`> [!WARNING]\n> ${SOFTWARE_NOTICE}`] : []),
    ...sections.flatMap(([heading, body]) => (body === '' ? [] : [`## ${heading}`, body])),
    '',
  ].join('\n\n');
}
