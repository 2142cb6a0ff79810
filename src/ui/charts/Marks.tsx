import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Mark } from './curve-data';

/** Points worth pointing at, ringed on the curve and named below it. */
export function Marks({ marks, compact }: { marks: readonly Mark[]; compact: boolean }) {
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!plot || !x || !y) return null;
  const bottom = plot.y + plot.height;
  return (
    <g className="marks">
      {marks.map(({ id, batch, value, text, shape, colour, named }) => {
        const [cx, cy] = [x(batch) ?? 0, y(value) ?? 0];
        const leftward = cx > plot.x + plot.width * 0.7;
        return (
          <g key={id}>
            {shape === 'ring' ? (
              <circle cx={cx} cy={cy} r={8} stroke={colour} />
            ) : (
              <path d={`M${cx} ${cy - 11}l11 11l-11 11l-11 -11z`} stroke={colour} />
            )}
            {named && !compact && (
              <>
                <line x1={cx} x2={cx} y1={cy + 12} y2={bottom} />
                <text
                  x={leftward ? cx - 6 : cx + 6}
                  y={bottom - (shape === 'ring' ? 8 : 24)}
                  textAnchor={leftward ? 'end' : 'start'}
                >
                  {text}
                </text>
              </>
            )}
          </g>
        );
      })}
    </g>
  );
}
