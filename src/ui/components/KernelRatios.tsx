import { type CaseResult, formatBytes, formatCount, formatInterval, formatTimes } from '../../core';
import { engineLabel } from '../../report/table';
import type { KernelGroup, Ratio } from '../kernel-groups';

const VERDICTS = {
  faster: { sign: '↑', tone: 'good' },
  slower: { sign: '↓', tone: 'bad' },
  same: { sign: '=', tone: 'mute' },
  unclear: { sign: '?', tone: 'warn' },
} as const;

/** What the candidate does less of, in words; empty when it saves nothing that was counted. */
function saved({ from, to }: Ratio): string {
  const less = (pick: (counters: CaseResult['counters']) => number | null) => {
    const [a, b] = [pick(from.counters), pick(to.counters)];
    return a !== null && b !== null ? a - b : 0;
  };
  const dispatches = less((c) => c.dispatches);
  const bytes = less((c) => c.bytes);
  return [
    dispatches > 0 && `${formatCount(dispatches)} dispatch${dispatches === 1 ? '' : 'es'} fewer`,
    bytes > 0 && `${formatBytes(bytes)} less moved`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** The ratios of a kernel's variants, each with its interval and verdict. */
export function KernelRatios({ group }: { group: KernelGroup }) {
  return (
    <ul className="ratios">
      {group.ratios.map((ratio) => {
        const { sign, tone } = VERDICTS[ratio.verdict];
        return (
          <li key={`${ratio.baseline} ${ratio.candidate}`} data-tone={tone}>
            <b>{formatTimes(ratio.ratio)}</b> <span className="mute">{formatInterval(ratio.interval)}</span>{' '}
            <span className="pill">
              <span aria-hidden="true">{sign}</span> {ratio.verdict}
            </span>
            <p>
              {engineLabel(ratio.to)} against {engineLabel(ratio.from)}
              {saved(ratio) && `: ${saved(ratio)}`}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
