import { engineColour } from '../colours';
import { type Markup, markup } from '../html/markup';
import type { Scale } from './scale';

/** A point of a line with its interval, in the units of the axes. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  readonly interval: readonly [number, number] | null;
}

export interface Line {
  readonly engine: string;
  readonly dashed: boolean;
  readonly points: readonly PlotPoint[];
}

/** Pixels to a tenth: enough for the eye, and short. */
export const px = (value: number) => Number(value.toFixed(1));

/** Horizontal lines with their labels. */
export function grid(
  ticks: readonly number[],
  y: Scale,
  left: number,
  right: number,
  label: (v: number) => string,
) {
  return ticks.map(
    (tick) => markup`<line class="grid" x1="${left}" x2="${right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>
<text x="${left - 6}" y="${px(y(tick) + 4)}" text-anchor="end">${label(tick)}</text>`,
  );
}

/** A line through its points, each with a dot and its interval as a whisker. */
export function plotLine({ engine, dashed, points }: Line, x: Scale, y: Scale): Markup | null {
  if (points.length === 0) return null;
  const path = points.map((point) => `${px(x(point.x))} ${px(y(point.y))}`).join('L');
  const whiskers = points.map(({ x: at, interval }) =>
    interval && interval[0] > 0
      ? markup`<path d="M${px(x(at) - 3)} ${px(y(interval[0]))}h6m-3 0V${px(y(interval[1]))}m-3 0h6"/>`
      : null,
  );
  const dots = points.map(
    (point) => markup`<circle cx="${px(x(point.x))}" cy="${px(y(point.y))}" r="${dashed ? 1.8 : 3}"/>`,
  );
  return markup`<g style="--c:${engineColour(engine)}" class="series${dashed ? ' dashed' : ''}"><path class="line" d="M${path}"/>${whiskers}${dots}</g>`;
}
