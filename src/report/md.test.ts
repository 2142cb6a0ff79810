import { describe, expect, it } from 'vitest';
import { goldenV1 } from '../core/contract/golden';
import { SOFTWARE_NOTICE } from './environment';
import { renderMarkdown } from './md';
import { syntheticResult } from './testing/synthetic';

const hostile = '`x` | <img src=x onerror=alert(1)>\n| [a](javascript:b) **c** \\';

/** Cells of every table row, split at the bars that are not escaped. */
const tableRows = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!(?<!\\)(?:\\\\)*\\)\|/).length);

describe('Markdown', () => {
  it('has findings, cases of each experiment, comparisons, warnings and environment', () => {
    const headings = (text: string) => text.match(/^## .*/gm);
    const result = syntheticResult({ batches: [1, 2], samples: 40 });
    expect(headings(renderMarkdown(result))).toEqual([
      '## Findings',
      '## Cases: batch',
      '## Comparisons',
      '## Warnings',
      '## Environment',
    ]);
    expect(headings(renderMarkdown(goldenV1()))).not.toContain('## Comparisons');
  });

  it('says on a software adapter what the times are worth', () => {
    expect(renderMarkdown(goldenV1())).toContain(`> [!WARNING]\n> ${SOFTWARE_NOTICE}`);
  });

  it('takes nothing of a name for Markdown or HTML', () => {
    const plainResult = syntheticResult({ batches: [1], samples: 12 });
    const result = syntheticResult({ batches: [1], samples: 12, model: hostile });
    const text = renderMarkdown({
      ...result,
      findings: [{ ...result.findings[0]!, title: hostile, text: hostile }],
    });
    expect(tableRows(text)).toEqual(tableRows(renderMarkdown({ ...plainResult, findings: [] })));
    expect(text).not.toContain('<img');
    expect(text).toContain('\\`x\\` \\| &lt;img src=x onerror=alert(1)&gt;');
    expect(text).toContain('\\[a\\](javascript:b) \\*\\*c\\*\\* \\\\');
  });
});
