import { LabError, parseResult, type RunResult } from '../../core/contract';
import { environmentFacts, isSoftware, SOFTWARE_NOTICE, timerFacts } from '../environment';
import { plain } from '../plain';
import { caseTables } from '../table';
import { dataBlock, Markup, markup } from './markup';
import {
  caseTable,
  comparisons,
  curveCharts,
  facts,
  finding,
  kernelChart,
  section,
  warnings,
} from './sections';
import { STYLE, WATERMARK_STYLE } from './style';

/** Id of the element that holds the result as JSON. */
const RESULT_ELEMENT = 'rooflab-result';

/** Nothing is loaded from anywhere and no script runs. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

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
${curveCharts(result)}
${section('Kernels: share of the ceiling', kernelChart(result))}
${section('Cases', markup`${experiments.map(caseTable)}`)}
${section('Comparisons', comparisons(result))}
${section('Warnings', warnings(result))}
${section('Environment', markup`<div class="columns">${facts('Where it ran', environmentFacts(result))}${facts('Timer calibration', timerFacts(result))}</div>`)}
</main>${dataBlock(RESULT_ELEMENT, result)}</body></html>
`;
  return page.text;
}

/**
 * The result that a report carries.
 * @throws LabError `bad-result` or `newer-version`.
 */
export function resultInHtml(html: string): RunResult {
  const block = new RegExp(`<script type="application/json" id="${RESULT_ELEMENT}">(.*?)</script>`, 's');
  let value: unknown;
  try {
    value = JSON.parse(block.exec(html)?.[1] ?? '');
  } catch (cause) {
    throw new LabError(
      'bad-result',
      'This HTML file holds no Rooflab result.',
      'Choose a report written by `rooflab run` or exported from the page.',
      { cause },
    );
  }
  return parseResult(value);
}
