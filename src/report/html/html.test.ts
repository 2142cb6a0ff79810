import { describe, expect, it } from 'vitest';
import { LabError, parseResult, type RunResult } from '../../core/contract';
import { goldenV1 } from '../../core/contract/golden';
import { SOFTWARE_NOTICE } from '../environment';
import { syntheticResult } from '../testing/synthetic';
import { renderHtml, resultInHtml } from '.';
import { dataBlock, markup } from './markup';

const ELEMENTS =
  '!doctype html head meta title style body main p h1 h2 section ul li b span div table caption thead tbody tr th td script';
const SVG_ELEMENTS = 'svg title desc g path line text circle rect';
const KNOWN = new Set(`${ELEMENTS} ${SVG_ELEMENTS}`.split(' '));

const tagsOf = (html: string) =>
  [...html.matchAll(/<([a-z!][a-z0-9]*)/gi)].map(([, name]) => name!.toLowerCase());

const golden = renderHtml(goldenV1());
const hardware = renderHtml(syntheticResult({ batches: [1, 2, 4, 8], samples: 40 }));

describe('the HTML report', () => {
  it('holds the result, to be imported again', () => {
    expect(resultInHtml(golden)).toEqual(goldenV1());
    expect(() => resultInHtml('<p>')).toThrow(LabError);
    expect(() => resultInHtml(golden.replace('{"schema"', '{schema'))).toThrow(LabError);
  });

  it('asks nothing of any network and runs no script', () => {
    for (const html of [golden, hardware]) {
      const page = html.replace(/<script.*<\/script>/s, '');
      expect(page).toContain(
        `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:`,
      );
      expect(page.match(/\b(src|href|action)=|@import|url\((?!"data:)/g)).toBeNull();
      expect(tagsOf(html).filter((name) => name === 'script')).toHaveLength(1);
      expect(page.match(/\son\w+=/g)).toBeNull();
    }
  });

  it('shows the watermark on a software adapter, and only there', () => {
    expect(golden).toContain(SOFTWARE_NOTICE);
    expect(golden).toMatch(/<body class="watermarked">/);
    expect(golden).toContain(encodeURIComponent('>SOFTWARE ADAPTER<'));
    expect(hardware).not.toContain('SOFTWARE');
    expect(hardware).toMatch(/<body class="">/);
  });

  it('opens with the findings, then charts, tables, environment and timer', () => {
    const order = [
      'class="findings"',
      '<svg',
      '<h2>Cases',
      '<h2>Comparisons',
      '<h2>Environment',
      'Timer calibration',
    ];
    const places = order.map((mark) => hardware.indexOf(mark));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('names its charts for those who do not see them', () => {
    for (const [, attributes] of golden.matchAll(/<svg ([^>]*)>/g)) {
      const [, title, desc] = /role="img" aria-labelledby="([\w-]+) ([\w-]+)"/.exec(attributes!)!;
      expect(golden).toContain(`<title id="${title}">`);
      expect(golden).toContain(`<desc id="${desc}">`);
    }
    expect(golden.match(/<svg /g)).toHaveLength(2);
    expect(golden).toContain('<th scope="col"');
  });

  it('gives a case without numbers its reason across the row', () => {
    expect(golden).toMatch(
      /<tr class="wrong">.*?<td class="outcome" colspan="\d+">wrong: output y: error 0.25/,
    );
    const [wrongRow] = /<tr class="wrong">.*?<\/tr>/.exec(golden)!;
    expect(wrongRow).not.toMatch(/\d (ms|µs|ns)\b/);
  });
});

describe('hostile text', () => {
  const attack = '</script></style><img src=x onerror="alert(1)">\'"&lt;';

  /** The golden result with every text that a user or a file controls replaced. */
  function attacked(): RunResult {
    const result = goldenV1();
    const { environment } = result;
    return {
      ...result,
      id: attack,
      startedAt: attack,
      environment: {
        ...environment,
        browser: attack,
        os: attack,
        adapter: { ...environment.adapter!, description: attack, vendor: attack },
        engines: { [attack]: { version: attack, build: attack } },
      },
      cases: result.cases.map((one, i) => ({
        ...one,
        id: `${attack}${i}`,
        experiment: one.workload.kind === 'kernel' ? attack : one.experiment,
        engine: attack,
        options: { [attack]: attack },
        workload:
          one.workload.kind === 'kernel'
            ? { ...one.workload, id: attack }
            : { ...one.workload, id: attack, model: { from: 'file' as const, name: attack } },
        outcome: one.outcome.status === 'ok' ? one.outcome : { ...one.outcome, reason: attack },
        warnings: [{ code: 'drift' as const, message: attack, next: attack }],
        metrics: Object.fromEntries(
          Object.entries(one.metrics).map(([id, metric]) => [
            id,
            metric.withheld ? { ...metric, withheld: attack } : metric,
          ]),
        ),
      })),
      comparisons: [
        {
          experiment: attack,
          baseline: attack,
          candidate: attack,
          clock: 'gpuNs',
          ratio: 1,
          interval: [1, 1],
          verdict: 'same',
        },
      ],
      findings: [
        { experiment: attack, title: attack, text: attack, claim: attack, verdict: null, evidence: [attack] },
      ],
    };
  }

  it('becomes no element and no attribute, wherever it stands', () => {
    const html = renderHtml(attacked());
    expect(tagsOf(html).filter((name) => !KNOWN.has(name))).toEqual([]);
    expect(tagsOf(html).filter((name) => name === 'script' || name === 'style')).toEqual(['style', 'script']);
    const withoutValues = html.replace(/<script.*<\/script>/s, '').replace(/"[^"]*"/g, '""');
    expect(withoutValues.match(/<[^>]*\son\w+=/g)).toBeNull();
    expect(html.includes('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&quot;&amp;lt;')).toBe(true);
  });

  it('survives in the embedded result', () => {
    expect(resultInHtml(renderHtml(attacked()))).toEqual(parseResult(attacked()));
  });
});

describe('markup', () => {
  it('escapes what is put in, and markup only once', () => {
    const inner = markup`<b title="${'"'}">${'<&>'}</b>`;
    expect(markup`${[inner, inner]}${null}${0}`.text).toBe(
      '<b title="&quot;">&lt;&amp;&gt;</b>'.repeat(2).concat('0'),
    );
  });

  it('makes data blocks that cannot be ended from within', () => {
    expect(dataBlock('x', '</script><!--').text).toBe(
      '<script type="application/json" id="x">"\\u003c/script>\\u003c!--"</script>',
    );
  });
});
