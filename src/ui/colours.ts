import { engineColour } from '../report/colours';

export { engineColour };

/** How a series is drawn: the colour says the engine, the shape of its points which of its variants. */
export interface SeriesStyle {
  readonly colour: string;
  /** The same colour drawn towards the ink, so that small text in it is readable. */
  readonly ink: string;
  readonly shape: 'circle' | 'square' | 'diamond';
}

const SHAPES = ['circle', 'square', 'diamond'] as const;

/** Styles by key, for series in the order in which they are listed. */
export function seriesStyles(
  series: readonly { readonly key: string; readonly engine: string }[],
): Readonly<Record<string, SeriesStyle>> {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    series.map(({ key, engine }) => {
      const nth = seen.get(engine) ?? 0;
      seen.set(engine, nth + 1);
      const base = engineColour(engine);
      const colour =
        nth === 0 ? base : `color-mix(in srgb, ${base} ${100 - 38 * Math.min(nth, 2)}%, var(--ink))`;
      return [
        key,
        { colour, ink: `color-mix(in srgb, ${base} 62%, var(--ink))`, shape: SHAPES[nth % SHAPES.length]! },
      ];
    }),
  );
}
