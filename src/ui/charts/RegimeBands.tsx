import { usePlotArea, useXAxisScale } from 'recharts';
import type { CurvePoint } from '../../core';
import type { Domain } from '../../report/svg/scale';

interface Band {
  readonly regime: string;
  readonly from: number;
  readonly to: number;
}

/** Runs of batches with one regime; a boundary lies half way between two batches on the log axis. */
export function bandsOf(points: readonly CurvePoint[], [low, high]: Domain): Band[] {
  const bands: Band[] = [];
  points.forEach((point, i) => {
    const before = points[i - 1];
    const from = before ? Math.sqrt(before.batch * point.batch) : low;
    const last = bands.at(-1);
    const regime = point.regime ?? '';
    if (last && last.regime === regime) bands[bands.length - 1] = { ...last, to: high };
    else {
      if (last) bands[bands.length - 1] = { ...last, to: from };
      bands.push({ regime, from, to: high });
    }
  });
  return bands;
}

interface RegimeBandsProps {
  readonly points: readonly CurvePoint[];
  readonly domain: Domain;
  /** Room above the plot for the names; 0 for none. */
  readonly room: number;
}

/** Shading in neutral tints: what limits each part of a curve. */
export function RegimeBands({ points, domain, room }: RegimeBandsProps) {
  const plot = usePlotArea();
  const x = useXAxisScale();
  if (!plot || !x) return null;
  return (
    <g className="bands">
      {bandsOf(points, domain).map((band, i) => {
        const [from, to] = [x(band.from) ?? plot.x, x(band.to) ?? plot.x + plot.width];
        const short = to - from < band.regime.length * 6.2 + 12;
        return (
          <g key={band.from}>
            {i % 2 === 0 && <rect x={from} y={plot.y - room} width={to - from} height={plot.height + room} />}
            {i > 0 && <line x1={from} x2={from} y1={plot.y - room} y2={plot.y + plot.height} />}
            {room > 0 && to - from > 44 && (
              <text x={from + 7} y={plot.y - room / 2} dominantBaseline="central">
                {short ? band.regime.replace('-bound', '') : band.regime}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
