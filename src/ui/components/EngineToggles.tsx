import type { Environment } from '../../core';
import { computes } from '../store/setup';
import { Swatch } from './Swatch';

interface EngineTogglesProps {
  readonly engines: readonly { readonly id: string; readonly title: string; readonly note: string }[];
  readonly chosen: readonly string[];
  /** Why an engine cannot run here, by id. */
  readonly missing: Readonly<Record<string, string>>;
  readonly problem?: string | undefined;
  readonly disabled: boolean;
  onChange(chosen: string[]): void;
}

/** Why an engine cannot run here, or not this model, by id. */
export function missingEngines(environment: Environment | null, model: string): Record<string, string> {
  if (environment && !environment.adapter) return { 'ort-webgpu': 'needs WebGPU', wgsl: 'needs WebGPU' };
  return computes('wgsl', model)
    ? {}
    : { wgsl: 'Our kernels compute the transformer block, not model files' };
}

/** One switch an engine, in its colour; the first that is on is the baseline of ratios. */
export function EngineToggles({ engines, chosen, missing, problem, disabled, onChange }: EngineTogglesProps) {
  const toggle = (id: string) =>
    onChange(
      engines
        .map((e) => e.id)
        .filter((engine) => (engine === id ? !chosen.includes(id) : chosen.includes(engine))),
    );
  return (
    <fieldset className="control plain" disabled={disabled}>
      <legend className="label">Engines</legend>
      <div className="row tight">
        {engines.map(({ id, note }) => (
          <button
            key={id}
            type="button"
            className="toggle"
            aria-pressed={chosen.includes(id)}
            disabled={missing[id] !== undefined}
            data-missing={missing[id] !== undefined || undefined}
            title={missing[id] ?? note}
            onClick={() => toggle(id)}
          >
            <Swatch engine={id} /> {id}
          </button>
        ))}
      </div>
      {problem && <p className="problem">{problem}</p>}
    </fieldset>
  );
}
