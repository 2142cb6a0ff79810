import type { Setup } from '../store/setup';

interface PrecisionProps {
  readonly setup: Setup;
  readonly disabled: boolean;
  onSet(change: Partial<Setup>): void;
}

/** The precision of what is built here: the block and our kernels. */
export function Precision({ setup, disabled, onSet }: PrecisionProps) {
  return (
    <fieldset className="control plain" disabled={disabled}>
      <legend className="label">Precision</legend>
      <div className="segments tall">
        {(['f32', 'f16'] as const).map((dtype) => (
          <button
            key={dtype}
            type="button"
            aria-pressed={setup.dtype === dtype}
            onClick={() => onSet({ dtype })}
          >
            {dtype}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
