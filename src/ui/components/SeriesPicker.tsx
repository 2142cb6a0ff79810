import type { SeriesStyle } from '../colours';
import type { Series } from '../core';
import { Swatch } from './Swatch';

interface SeriesPickerProps {
  readonly series: readonly Series[];
  readonly styles: Readonly<Record<string, SeriesStyle>>;
  readonly chosen: string | null;
  onChoose(key: string): void;
}

/** Which series the regimes, the knee and the time's parts are of. */
export function SeriesPicker({ series, styles, chosen, onChoose }: SeriesPickerProps) {
  if (series.length === 0) return null;
  return (
    <fieldset className="segments plain">
      <legend className="hidden">Series in focus</legend>
      {series.map(({ key, label, engine }) => (
        <button key={key} type="button" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
          <Swatch engine={engine} colour={styles[key]?.colour ?? ''} /> {label}
        </button>
      ))}
    </fieldset>
  );
}
