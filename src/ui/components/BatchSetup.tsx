import { useMemo } from 'react';
import { specOf } from '../store/setup';
import { useLab } from '../use-lab';
import { EngineToggles, missingEngines } from './EngineToggles';
import { Estimate } from './Estimate';
import { Field } from './Field';
import { ModelChooser, ModelSettings } from './ModelChooser';
import { RunBar } from './RunBar';

export function BatchSetup() {
  const engines = useLab((s) => s.registry.engines);
  const setup = useLab((s) => s.setup);
  const set = useLab((s) => s.set);
  const take = useLab((s) => s.take);
  const inspection = useLab((s) => s.inspection);
  const environment = useLab((s) => s.environment);
  const busy = useLab((s) => s.running !== null);
  const { spec, problems } = useMemo(() => specOf('batch', setup), [setup]);
  const text = (field: 'batches' | 'latencyLimit' | 'timeLimit') => ({
    value: setup[field],
    problem: problems[field],
    onChange: (value: string) => set({ [field]: value }),
  });
  return (
    <section className="panel setup" aria-label="Setup">
      <div className="setup-row">
        <ModelChooser
          setup={setup}
          problems={problems}
          disabled={busy}
          onSet={set}
          onFiles={(files) => void take(files)}
        />
        <EngineToggles
          engines={engines}
          chosen={setup.engines.batch}
          missing={missingEngines(environment, setup.model)}
          problem={problems.engines}
          disabled={busy}
          onChange={(batch) => set({ engines: { ...setup.engines, batch } })}
        />
        <Field label="Batches" width={128} disabled={busy} {...text('batches')} />
        <Field label="p99 limit" unit="ms" width={92} inputMode="decimal" {...text('latencyLimit')} />
        <Field
          label="Time limit"
          unit="s"
          width={92}
          inputMode="numeric"
          placeholder="none"
          disabled={busy}
          {...text('timeLimit')}
        />
      </div>
      <ModelSettings setup={setup} inspection={inspection} problems={problems} disabled={busy} onSet={set} />
      <RunBar
        experiment="batch"
        ready={spec !== null && environment !== null}
        estimate={<Estimate experiment="batch" spec={spec} problems={problems} />}
      />
    </section>
  );
}
