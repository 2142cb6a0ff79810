import { useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly problem?: string | undefined;
  readonly width?: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly inputMode?: 'numeric' | 'decimal' | 'url' | 'text';
  onChange(value: string): void;
}

/** A text field with its label above, its unit inside and what is wrong with it below. */
export function Field({ label, value, unit, problem, width, onChange, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className="control" style={width ? { width } : undefined}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <span className="with-unit">
        <input
          {...input}
          id={id}
          className="field"
          size={10}
          autoComplete="off"
          spellCheck={false}
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {unit && <span aria-hidden="true">{unit}</span>}
      </span>
      {problem && (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
