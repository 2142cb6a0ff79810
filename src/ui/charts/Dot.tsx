import type { SeriesStyle } from '../colours';

interface DotProps {
  readonly cx: number;
  readonly cy: number;
  readonly style: SeriesStyle;
  readonly hollow?: boolean;
  readonly size?: number;
}

const PATHS = {
  circle: (r: number) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  square: (r: number) => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: (r: number) =>
    `M0 ${-r * 1.3}l${r * 1.3} ${r * 1.3}l${-r * 1.3} ${r * 1.3}l${-r * 1.3} ${-r * 1.3}z`,
} as const;

/** A measured point: filled, or hollow where it misses the latency limit. */
export function Dot({ cx, cy, style, hollow = false, size = 3.2 }: DotProps) {
  return (
    <path
      className="point"
      d={PATHS[style.shape](size)}
      transform={`translate(${cx} ${cy})`}
      fill={hollow ? 'var(--panel)' : style.colour}
      stroke={style.colour}
      strokeWidth={hollow ? 1.5 : 0}
    />
  );
}
