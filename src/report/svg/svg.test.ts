import { describe, expect, it } from 'vitest';
import { goldenV1 } from '../../core/contract/golden';
import { curves } from '../../core/metrics';
import { decodeLink, encodeLink } from '../link';
import { syntheticResult } from '../testing/synthetic';
import { curveChart } from './curve-chart';
import { kernelBars } from './kernel-bars';
import { logDomain, logScale, logTicks, spread } from './scale';

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

describe('log axes', () => {
  it('end on round numbers around the values', () => {
    expect(logDomain([3, 740])).toEqual([2, 1000]);
    expect(logDomain([5, 5])).toEqual([5, 10]);
    expect(logDomain([0.02])).toEqual([0.02, 0.05]);
    expect(logDomain([0, -1, Number.NaN])).toEqual([1, 10]);
  });

  it('put equal ratios at equal distances', () => {
    const at = logScale([1, 100], [0, 200]);
    expect([1, 10, 100].map(at)).toEqual([0, 100, 200]);
  });

  it('have as many ticks as fit, all of them round and inside', () => {
    expect(logTicks([1, 10], 5)).toEqual([1, 2, 5, 10]);
    expect(logTicks([1, 1000], 7)).toEqual([1, 3, 10, 30, 100, 300, 1000]);
    expect(logTicks([1, 1000], 5)).toEqual([1, 10, 100, 1000]);
    expect(logTicks([1, 1e12], 5)).toEqual([1, 1e3, 1e6, 1e9, 1e12]);
  });

  it('move labels apart, in order and within bounds', () => {
    expect(spread([10, 10, 12], 15, [0, 100])).toEqual([10, 25, 40]);
    expect(spread([95, 99], 15, [0, 100])).toEqual([85, 100]);
    expect(spread([50, 10], 15, [0, 100])).toEqual([50, 10]);
  });
});

describe('the throughput and latency chart', () => {
  const result = syntheticResult({ batches: [1, 2, 4, 8, 16], samples: 40 });
  const series = curves(result.cases, result.environment);
  const svg = curveChart(series, 1e8, 'c').text;

  it('draws two lines a series, a dot a point, and a whisker where there is an interval', () => {
    expect(series).toHaveLength(3);
    expect(count(svg, /class="line"/g)).toBe(3 * 2);
    expect(count(svg, /r="3"/g)).toBe(3 * 2 * 5);
    expect(count(svg, /h6m-3 0V/g)).toBe(3 * 2 * 5);
  });

  it('draws more higher up, in both panels', () => {
    const lines = svg.split('class="series').slice(1);
    const heights = lines.map((line) => [...line.matchAll(/cy="([\d.]+)" r="3"/g)].map(([, y]) => Number(y)));
    expect(heights).toHaveLength(6);
    const [throughput, , , latency] = heights;
    for (const ys of [throughput!, latency!]) expect(ys).toEqual(ys.toSorted((a, b) => b - a));
    expect(Math.min(...latency!)).toBeGreaterThan(Math.max(...throughput!));
  });

  it('names each line at its ends and marks the best batch under the limit', () => {
    expect(count(svg, />wgsl fused<\/text>/g)).toBe(2);
    expect(count(svg, /r="8"/g)).toBe(3);
    expect(count(curveChart(series, 1, 'c').text, /r="8"/g)).toBe(0);
  });

  it('says in words what it shows', () => {
    expect(svg).toMatch(
      /wgsl fused: [\d,]+ items\/s at batch 1, [\d,]+ items\/s at batch 16, .*best under 100 ms at 16/,
    );
  });

  it('holds no number that is none', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    const [first] = series;
    const single = curveChart([{ ...first!, points: first!.points.slice(0, 1) }], 1e8, 'c').text;
    expect(single).not.toMatch(/NaN|Infinity/);
    const empty = curveChart([{ ...first!, points: [] }], 1e8, 'c').text;
    expect(empty).not.toMatch(/NaN|Infinity/);
  });

  it('is the same after a link, to a pixel', () => {
    const shared = decodeLink(encodeLink(result));
    const again = curveChart(curves(shared.cases, shared.environment), 1e8, 'c').text;
    const numbers = (text: string) => (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    const [before, after] = [numbers(svg.replace(/<desc.*/, '')), numbers(again.replace(/<desc.*/, ''))];
    expect(after).toHaveLength(before.length);
    expect(Math.max(...before.map((value, i) => Math.abs(value - after[i]!)))).toBeLessThanOrEqual(1);
  });
});

describe('the bars of kernels', () => {
  const kernels = goldenV1().cases.filter(
    ({ workload, outcome }) => workload.kind === 'kernel' && outcome.status === 'ok',
  );

  it('are as long as the share of the ceiling', () => {
    const svg = kernelBars(kernels, 'k').text;
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    const shares = kernels.map((one) => one.metrics['ceiling.share']!.value!);
    expect(widths).toHaveLength(2);
    expect(widths[0]! / widths[1]!).toBeCloseTo(shares[0]! / shares[1]!, 2);
  });

  it('are absent, the time alone standing, where no ceiling was measured', () => {
    const [one] = kernels;
    const svg = kernelBars([{ ...one!, metrics: { 'gpu.median': one!.metrics['gpu.median']! } }], 'k').text;
    expect(svg).toMatch(/<rect [^>]*width="0"/);
    expect(svg).toContain('38.2 ms</text>');
  });
});
