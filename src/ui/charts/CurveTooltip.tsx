import type { TooltipContentProps } from 'recharts';
import { formatDuration, formatNumber, type Series } from '../../core';
import type { SeriesStyle } from '../colours';
import { Swatch } from '../components/Swatch';
import type { CurveRow } from './curve-data';

interface CurveTooltipProps extends Partial<TooltipContentProps> {
  readonly series: readonly Series[];
  readonly styles: Readonly<Record<string, SeriesStyle>>;
  readonly quantity: 'throughput' | 'latency';
}

/** Values of every series at the batch under the pointer. */
export function CurveTooltip({ active, payload, series, styles, quantity }: CurveTooltipProps) {
  const row = payload?.[0]?.payload as CurveRow | undefined;
  if (!active || !row) return null;
  return (
    <div className="tip">
      <p>
        batch {row.batch}, {quantity === 'throughput' ? 'items a second' : 'p50 and p99'}
      </p>
      <table>
        <tbody>
          {series.map(({ key, label, engine }) => {
            const point = row.points[key];
            if (!point) return null;
            return (
              <tr key={key}>
                <th scope="row">
                  <Swatch engine={engine} colour={styles[key]?.colour ?? ''} /> {label}
                </th>
                {quantity === 'throughput' ? (
                  <td>{point.throughput === null ? '–' : formatNumber(point.throughput)}</td>
                ) : (
                  <>
                    <td>{point.p50 === null ? '–' : formatDuration(point.p50)}</td>
                    <td className="mute">
                      {point.p99 === null ? (point.p99Withheld ?? '–') : formatDuration(point.p99)}
                    </td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
