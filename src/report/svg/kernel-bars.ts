import { type CaseResult, workloadLabel } from '../../core/contract';
import { formatMetric } from '../../core/metrics';
import { engineColour } from '../colours';
import { type Markup, markup } from '../html/markup';
import { plain } from '../plain';
import { engineLabel } from '../table';
import { px } from './panel';

const WIDTH = 860;
const LEFT = 190;
const FULL = 500;
const ROW = 26;
const HEADING = 30;

/** Time and share of a case, in words. */
function summary({ metrics }: CaseResult): string {
  const time = metrics['gpu.median']?.value != null ? metrics['gpu.median'] : metrics['wall.median'];
  const share = metrics['ceiling.share'];
  return [time, share?.value == null ? undefined : share]
    .flatMap((metric) => (metric ? [formatMetric(metric)] : []))
    .join(' · ');
}

function bar(one: CaseResult, y: number): Markup {
  const { value = null, interval = null } = one.metrics['ceiling.share'] ?? {};
  const x = (share: number) => px(LEFT + Math.min(Math.max(share, 0), 1.2) * FULL);
  const length = value === null ? LEFT : x(value);
  const end = Math.max(length, interval ? x(interval[1]) : LEFT);
  return markup`<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${plain(engineLabel(one))}</text>
<g class="series" style="--c:${engineColour(one.engine)}"><rect x="${LEFT}" y="${y + 2}" width="${px(length - LEFT)}" height="16" rx="2"/>
${interval ? markup`<path class="over" d="M${x(interval[0])} ${y + 6}v8m0 -4H${x(interval[1])}m0 -4v8"/>` : null}</g>
<text class="value" x="${px(end + 8)}" y="${y + 14}">${summary(one)}</text>`;
}

/**
 * Kernels by their share of the measured ceiling (100 % at the right edge of the frame), grouped by workload.
 * @param cases that are `ok`, of kernels.
 * @param id unique in the page, for the labels.
 */
export function kernelBars(cases: readonly CaseResult[], id: string): Markup {
  const labels = [...new Set(cases.map((one) => workloadLabel(one.workload)))];
  let y = 22;
  const groups = labels.map((label) => {
    const members = cases.filter((one) => workloadLabel(one.workload) === label);
    const top = y;
    y += HEADING + members.length * ROW;
    return markup`<text class="heading" x="0" y="${top + 18}">${plain(label)}</text>
${members.map((one, i) => bar(one, top + HEADING + i * ROW))}`;
  });
  const described = cases.map(
    (one) => `${workloadLabel(one.workload)}, ${engineLabel(one)}: ${summary(one)}`,
  );
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${y + 8}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">Kernels by their share of the ceiling</title>
<desc id="${id}-desc">${plain(described.join('. '))}.</desc>
${[0, 0.5, 1].map(
  (
    share,
  ) => markup`<line class="grid" x1="${LEFT + share * FULL}" x2="${LEFT + share * FULL}" y1="20" y2="${y + 4}"/>
<text x="${LEFT + share * FULL}" y="13" text-anchor="middle">${share * 100} %</text>`,
)}
${groups}
</svg>`;
}
