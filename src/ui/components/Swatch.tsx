import type { CSSProperties } from 'react';
import { engineColour } from '../colours';

/** The chip of colour that stands for an engine everywhere on the page. */
export function Swatch({ engine, colour = engineColour(engine) }: { engine: string; colour?: string }) {
  return <span className="swatch" style={{ '--c': colour } as CSSProperties} aria-hidden="true" />;
}
