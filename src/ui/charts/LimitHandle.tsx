import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { usePlotArea, useYAxisInverseScale, useYAxisScale } from 'recharts';
import { formatTick, readable } from './scale';

interface LimitHandleProps {
  readonly limitMs: number;
  /** Of the axis, ns. */
  readonly domain: readonly [number, number];
  onLimit(limitMs: number): void;
  /** Told while a drag is on, so that the axis holds still under it. */
  onDrag(dragging: boolean): void;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: 1.1,
  ArrowRight: 1.1,
  ArrowDown: 1 / 1.1,
  ArrowLeft: 1 / 1.1,
  PageUp: 2,
  PageDown: 1 / 2,
};

/** The next value two significant digits away, so that an arrow key always moves. */
function step(value: number, factor: number): number {
  const next = readable(value * factor);
  if (next !== value) return next;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return readable(value + Math.sign(factor - 1) * unit);
}

/** The p99 limit as a line that is dragged, or moved with the arrow keys. */
export function LimitHandle({ limitMs, domain, onLimit, onDrag }: LimitHandleProps) {
  const plot = usePlotArea();
  const y = useYAxisScale();
  const inverse = useYAxisInverseScale();
  const group = useRef<SVGGElement>(null);
  if (!plot || !y || !inverse) return null;

  const clamp = (ms: number) => readable(Math.min(Math.max(ms, domain[0] / 1e6), domain[1] / 1e6));
  const at = y(limitMs * 1e6) ?? plot.y;

  const move = (event: PointerEvent) => {
    const svg = group.current?.ownerSVGElement;
    if (!svg || !group.current?.hasPointerCapture(event.pointerId)) return;
    const ns = Number(inverse(event.clientY - svg.getBoundingClientRect().top));
    if (Number.isFinite(ns)) onLimit(clamp(ns / 1e6));
  };
  const grab = (event: PointerEvent) => {
    event.preventDefault();
    group.current?.setPointerCapture(event.pointerId);
    group.current?.focus();
    onDrag(true);
  };
  const key = (event: KeyboardEvent) => {
    const factor = STEPS[event.key];
    const next =
      event.key === 'Home'
        ? clamp(domain[0] / 1e6)
        : event.key === 'End'
          ? clamp(domain[1] / 1e6)
          : factor
            ? clamp(step(limitMs, factor))
            : null;
    if (next === null) return;
    event.preventDefault();
    onLimit(next);
  };

  const text = formatTick(limitMs * 1e6);
  return (
    <g
      ref={group}
      className="limit"
      role="slider"
      tabIndex={0}
      aria-label="p99 latency limit"
      aria-orientation="vertical"
      aria-valuemin={domain[0] / 1e6}
      aria-valuemax={domain[1] / 1e6}
      aria-valuenow={limitMs}
      aria-valuetext={text}
      onPointerDown={grab}
      onPointerMove={move}
      onLostPointerCapture={() => onDrag(false)}
      onKeyDown={key}
    >
      <rect className="grab" x={plot.x - 52} y={at - 12} width={plot.width + 52} height={24} />
      <line x1={plot.x} x2={plot.x + plot.width} y1={at} y2={at} />
      <path
        className="tag"
        d={`M${plot.x - 50} ${at - 10}h42l7 10l-7 10h-42a3 3 0 0 1 -3 -3v-14a3 3 0 0 1 3 -3z`}
      />
      <text x={plot.x - 29} y={at} textAnchor="middle" dominantBaseline="central">
        {text}
      </text>
      <text className="what" x={plot.x + 8} y={at - plot.y < 18 ? at + 15 : at - 7}>
        p99 limit ↕
      </text>
    </g>
  );
}
