import type { RunResult } from '../core/contract';
import { REPORTS, type ReportId } from '../report';

export const FORMATS: readonly ReportId[] = REPORTS.map(({ id }) => id);

const report = (format: ReportId) => REPORTS.find(({ id }) => id === format)!;

export const render = (format: ReportId, result: RunResult): string => report(format).render(result);

/** Name of the file in a run's folder: people open the HTML, programs read the others. */
export const fileName = (format: ReportId): string =>
  `${format === 'html' ? 'report' : 'result'}.${report(format).extension}`;
