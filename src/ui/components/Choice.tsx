import type { ReactNode } from 'react';

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly key: string; readonly label: string; readonly swatch?: ReactNode }[];
  readonly chosen: string | null;
  onChoose(key: string): void;
}

/** One of a few, side by side. */
export function Choice({ label, options, chosen, onChoose }: ChoiceProps) {
  if (options.length === 0) return null;
  return (
    <fieldset className="segments plain">
      <legend className="hidden">{label}</legend>
      {options.map(({ key, label: text, swatch }) => (
        <button key={key} type="button" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
          {swatch}
          {text}
        </button>
      ))}
    </fieldset>
  );
}
