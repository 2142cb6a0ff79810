import type { CaseResult, Finding, RunResult } from '../../core/contract';
import { curves, type Series } from '../../core/metrics';
import { engineColour } from '../colours';
import { environmentFacts, type Fact, isSoftware, SOFTWARE_NOTICE, timerFacts } from '../environment';
import { plain } from '../plain';
import { comparisonRows, countOf, warningRows } from '../rows';
import { curveChart } from '../svg/curve-chart';
import { kernelBars } from '../svg/kernel-bars';
import { type CaseTable, type Column, caseTables, formatCell } from '../table';
import { dataBlock, Markup, markup } from './markup';
import { STYLE, WATERMARK_STYLE } from './style';

/** Id of the element that holds the result as JSON, from which the page reads it back. */
export const RESULT_ELEMENT = 'rooflab-result';

/** Nothing is loaded from anywhere and no script runs. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const pill = (word: string) => markup`<span class="pill ${word}">${word.replaceAll('-', ' ')}</span>`;

function finding({ title, text, claim, verdict }: Finding): Markup {
  return markup`<li class="panel"><b>${plain(title)}</b><p>${plain(text)}</p>${
    claim === null
      ? null
      : markup`<p class="claim">Claim: ${plain(claim)} ${verdict === null ? null : pill(verdict)}</p>`
  }</li>`;
}

function section(title: string, body: Markup | readonly Markup[]): Markup {
  return Array.isArray(body) && body.length === 0
    ? markup``
    : markup`<section><h2>${title}</h2>${body as Markup}</section>`;
}

/** A region that scrolls sideways on a narrow screen, by keyboard too. */
const scrolling = (label: string, body: Markup) =>
  markup`<div class="panel scroll" role="region" aria-label="${label}" tabindex="0">${body}</div>`;

function charts({ cases, environment, spec }: RunResult): Markup[] {
  const byModel = new Map<string, Series[]>();
  for (const series of curves(cases, environment)) {
    const title = `${series.model} ${series.dtype}`;
    byModel.set(title, [...(byModel.get(title) ?? []), series]);
  }
  const limitNs = spec.latencyLimitMs * 1e6;
  const models = [...byModel].map(([title, series], i) =>
    section(
      `${plain(title)}: throughput and latency against batch`,
      markup`${scrolling('Chart', curveChart(series, limitNs, `curve${i}`))}<p class="sub">Whiskers: 95 % interval. Diamond: knee. Ring: best batch under the limit.</p>`,
    ),
  );
  const kernels = cases.filter((one) => one.workload.kind === 'kernel' && one.outcome.status === 'ok');
  return kernels.length === 0
    ? models
    : [
        ...models,
        section('Kernels: share of the ceiling', scrolling('Chart', kernelBars(kernels, 'kernels'))),
      ];
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

function caseTable({ experiment, columns: all, cases }: CaseTable): Markup {
  const columns = all.filter(({ id }) => id !== 'outcome');
  const head = columns.map(({ title, align }) => markup`<th scope="col" class="${align}">${title}</th>`);
  const rows = cases.map((one) => caseRow(columns, one));
  return scrolling(
    `Cases of ${experiment}`,
    markup`<table><caption>${experiment}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`,
  );
}

function comparisons(result: RunResult): Markup[] {
  const rows = comparisonRows(result).map(
    (
      one,
    ) => markup`<tr><td>${one.workload}</td><td>${one.candidate}</td><td>${one.baseline}</td><td>${one.clock}</td>
<td class="right">${one.ratio} <span class="ci">${one.interval}</span></td><td>${pill(one.verdict)}</td></tr>`,
  );
  const titles = ['Workload', 'Candidate', 'Baseline', 'Clock', 'Baseline ÷ candidate', 'Candidate is'];
  const head = titles.map((title) => markup`<th scope="col">${title}</th>`);
  const table = markup`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
  return rows.length === 0 ? [] : [scrolling('Comparisons', table)];
}

function facts(title: string, all: readonly Fact[]): Markup {
  const rows = all.map((one) => markup`<tr><th scope="row">${one.title}</th><td>${one.text}</td></tr>`);
  return markup`<div class="panel"><table><caption>${title}</caption><tbody>${rows}</tbody></table></div>`;
}

function warnings(result: RunResult): Markup[] {
  const items = warningRows(result).map(
    ({ message, next, cases }) =>
      markup`<li>${message} ${next} <span class="ci" title="${cases.join(', ')}">${countOf(cases.length, 'case')}</span></li>`,
  );
  return items.length === 0 ? [] : [markup`<ul class="panel warnings">${items}</ul>`];
}

/** The result as one file that needs nothing else: findings, charts, tables, environment, and the result itself. */
export function renderHtml(result: RunResult): string {
  const software = isSoftware(result);
  const experiments = caseTables(result);
  const title = `Rooflab: ${experiments.map((one) => one.experiment).join(', ')}`;
  const style = new Markup(software ? STYLE + WATERMARK_STYLE : STYLE);
  const [gpu] = environmentFacts(result);
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${style}</style></head>
<body class="${software ? 'watermarked' : ''}"><main>
${software ? markup`<p class="software" role="note">${SOFTWARE_NOTICE}</p>` : null}
<h1>${title}</h1><p class="sub">${gpu?.text ?? null} · ${plain(result.environment.browser)} · ${plain(result.startedAt)}</p>
<ul class="findings">${result.findings.map(finding)}</ul>
${charts(result)}
${section('Cases', experiments.map(caseTable))}
${section('Comparisons', comparisons(result))}
${section('Warnings', warnings(result))}
${section('Environment', markup`<div class="columns">${facts('Where it ran', environmentFacts(result))}${facts('Timer calibration', timerFacts(result))}</div>`)}
</main>${dataBlock(RESULT_ELEMENT, result)}</body></html>
`;
  return page.text;
}
