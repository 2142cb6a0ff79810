import type { CaseResult, Finding, RunResult } from '../../core/contract';
import { curves, type Series } from '../../core/metrics';
import { engineColour } from '../colours';
import type { Fact } from '../environment';
import { plain } from '../plain';
import { comparisonRows, countOf, warningRows } from '../rows';
import { curveChart } from '../svg/curve-chart';
import { kernelBars } from '../svg/kernel-bars';
import { type CaseTable, type Column, formatCell } from '../table';
import { type Markup, markup } from './markup';

const pill = (word: string) => markup`<span class="pill ${word}">${word.replaceAll('-', ' ')}</span>`;

export function finding({ title, text, claim, verdict }: Finding): Markup {
  return markup`<li class="panel"><b>${plain(title)}</b><p>${plain(text)}</p>${
    claim === null
      ? null
      : markup`<p class="claim">Claim: ${plain(claim)} ${verdict === null ? null : pill(verdict)}</p>`
  }</li>`;
}

export const section = (title: string, body: Markup | null): Markup | null =>
  body && markup`<section><h2>${title}</h2>${body}</section>`;

/** A region that scrolls sideways on a narrow screen, by keyboard too. */
const scrolling = (label: string, body: Markup) =>
  markup`<div class="panel scroll" role="region" aria-label="${label}" tabindex="0">${body}</div>`;

export function curveCharts({ cases, environment, spec }: RunResult): (Markup | null)[] {
  const byModel = new Map<string, Series[]>();
  for (const series of curves(cases, environment)) {
    const title = `${plain(series.model)} ${series.dtype}`;
    byModel.set(title, [...(byModel.get(title) ?? []), series]);
  }
  const key = markup`<p class="sub">Whiskers: 95 % interval. Diamond: knee. Ring: best batch under the limit.</p>`;
  return [...byModel].map(([title, series], i) => {
    const chart = curveChart(series, spec.latencyLimitMs * 1e6, `curve${i}`);
    return section(
      `${title}: throughput and latency against batch`,
      markup`${scrolling(`Chart of ${title}`, chart)}${key}`,
    );
  });
}

export function kernelChart({ cases }: RunResult): Markup | null {
  const kernels = cases.filter((one) => one.workload.kind === 'kernel' && one.outcome.status === 'ok');
  return kernels.length === 0 ? null : scrolling('Chart of kernels', kernelBars(kernels, 'kernels'));
}

function cell(column: Column, one: CaseResult): Markup {
  const { text, spread, withheld } = formatCell(column, one);
  const dot =
    column.id === 'engine' ? markup`<span class="dot" style="--c:${engineColour(one.engine)}"></span>` : null;
  const ci = spread === '' ? null : markup` <span class="ci">${spread}</span>`;
  return markup`<td class="${column.align} ${column.id}${withheld ? ' withheld' : ''}">${dot}${text}${ci}</td>`;
}

/** A case without numbers says why across the columns where they would stand. */
function caseRow(columns: readonly Column[], one: CaseResult): Markup {
  const { outcome } = one;
  const naming = columns.filter(({ id }) => id === 'workload' || id === 'engine');
  const cells =
    outcome.status === 'ok'
      ? columns.map((column) => cell(column, one))
      : [
          ...naming.map((column) => cell(column, one)),
          markup`<td class="outcome" colspan="${columns.length - naming.length}">${outcome.status}: ${plain(outcome.reason)}</td>`,
        ];
  return markup`<tr class="${outcome.status}">${cells}</tr>`;
}

export function caseTable({ experiment, columns: all, cases }: CaseTable): Markup {
  const columns = all.filter(({ id }) => id !== 'outcome');
  const head = columns.map(({ title, align }) => markup`<th scope="col" class="${align}">${title}</th>`);
  const rows = cases.map((one) => caseRow(columns, one));
  return scrolling(
    `Cases of ${experiment}`,
    markup`<table><caption>${experiment}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`,
  );
}

export function comparisons(result: RunResult): Markup | null {
  const rows = comparisonRows(result).map(
    (
      one,
    ) => markup`<tr><td>${one.workload}</td><td>${one.candidate}</td><td>${one.baseline}</td><td>${one.clock}</td>
<td class="right">${one.ratio} <span class="ci">${one.interval}</span></td><td>${pill(one.verdict)}</td></tr>`,
  );
  const titles = ['Workload', 'Candidate', 'Baseline', 'Clock', 'Baseline ÷ candidate', 'Candidate is'];
  const head = titles.map((title) => markup`<th scope="col">${title}</th>`);
  const table = markup`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
  return rows.length === 0 ? null : scrolling('Table of comparisons', table);
}

export function facts(title: string, all: readonly Fact[]): Markup {
  const rows = all.map((one) => markup`<tr><th scope="row">${one.title}</th><td>${one.text}</td></tr>`);
  return markup`<div class="panel"><table><caption>${title}</caption><tbody>${rows}</tbody></table></div>`;
}

export function warnings(result: RunResult): Markup | null {
  const items = warningRows(result).map(
    ({ message, next, cases }) =>
      markup`<li>${message} ${next} <span class="ci" title="${cases.join(', ')}">${countOf(cases.length, 'case')}</span></li>`,
  );
  return items.length === 0 ? null : markup`<ul class="panel warnings">${items}</ul>`;
}
