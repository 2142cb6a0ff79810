import type { RunResult } from '../core/contract';
import { renderCsv } from './csv';
import { renderHtml } from './html';
import { renderMarkdown } from './md';

export * from './colours';
export * from './link';
export * from './table';
export * from './text-table';

/** A way to write a result down. */
export interface ReportFormat {
  readonly id: string;
  readonly title: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  readonly mime: string;
  render(result: RunResult): string;
}

export const REPORTS = [
  {
    id: 'json',
    title: 'JSON',
    extension: 'json',
    mime: 'application/json',
    render: (result: RunResult) => `${JSON.stringify(result, null, 2)}\n`,
  },
  { id: 'csv', title: 'CSV', extension: 'csv', mime: 'text/csv', render: renderCsv },
  { id: 'md', title: 'Markdown', extension: 'md', mime: 'text/markdown', render: renderMarkdown },
  { id: 'html', title: 'HTML', extension: 'html', mime: 'text/html', render: renderHtml },
] as const satisfies readonly ReportFormat[];

export type ReportId = (typeof REPORTS)[number]['id'];
