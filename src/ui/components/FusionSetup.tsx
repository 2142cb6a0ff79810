import { useMemo } from 'react';
import { type KernelRow, specOf } from '../store/setup';
import { useLab } from '../use-lab';
import { EngineToggles, missingEngines } from './EngineToggles';
import { Estimate } from './Estimate';
import { Field } from './Field';
import { Precision } from './Precision';
import { RunBar } from './RunBar';

export function FusionSetup() {
  const setup = useLab((s) => s.setup);
  const set = useLab((s) => s.set);
  const registry = useLab((s) => s.registry);
  const environment = useLab((s) => s.environment);
  const busy = useLab((s) => s.running !== null);
  const { spec, problems } = useMemo(() => specOf('fusion', setup), [setup]);
  const rows = setup.kernels;
  const change = (index: number, row: Partial<KernelRow>) =>
    set({ kernels: rows.map((old, i) => (i === index ? { ...old, ...row } : old)) });
  const dimsOf = (id: string) => registry.kernels.find((k) => k.id === id)?.dims ?? [];
  return (
    <section className="panel setup" aria-label="Setup">
      <div className="setup-row">
        <EngineToggles
          engines={registry.engines.filter(({ id }) => id !== 'ort-wasm')}
          chosen={setup.engines.fusion}
          missing={missingEngines(environment, 'block')}
          problem={environment?.adapter ? problems.engines : undefined}
          disabled={busy}
          onChange={(fusion) => set({ engines: { ...setup.engines, fusion } })}
        />
        <Precision setup={setup} disabled={busy} onSet={set} />
        <fieldset className="control plain kernels" disabled={busy}>
          <legend className="label">Kernels and their shapes</legend>
          <ul>
            {rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beyond their place.
              <li key={i}>
                <select
                  className="field"
                  aria-label={`Kernel ${i + 1}`}
                  value={row.id}
                  onChange={({ target }) => change(i, { id: target.value, dims: dimsOf(target.value) })}
                >
                  {registry.kernels.map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
                </select>
                <Field
                  label={row.dims.join(' × ')}
                  value={row.shape}
                  problem={problems[`kernels.${i}`]}
                  onChange={(shape) => change(i, { shape })}
                />
                <button
                  type="button"
                  className="btn quiet icon"
                  aria-label={`Remove kernel ${i + 1}`}
                  onClick={() => set({ kernels: rows.filter((_, j) => j !== i) })}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="btn"
            onClick={() => {
              const last = rows.at(-1);
              const first = registry.kernels[0];
              const row =
                last ??
                (first && { id: first.id, dims: first.dims, shape: first.dims.map(() => '64').join('×') });
              if (row) set({ kernels: [...rows, row] });
            }}
          >
            Add a kernel or shape
          </button>
          {problems.kernels && <p className="problem">{problems.kernels}</p>}
        </fieldset>
      </div>
      <RunBar
        experiment="fusion"
        ready={spec !== null && environment !== null}
        estimate={<Estimate experiment="fusion" spec={spec} problems={problems} />}
      />
    </section>
  );
}
