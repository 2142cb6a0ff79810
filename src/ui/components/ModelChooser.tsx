import { useId, useRef } from 'react';
import { BLOCK_FIELDS, type Problems, type Setup } from '../store/setup';
import type { Inspection } from '../store/state';
import { useLab } from '../use-lab';
import { Field } from './Field';
import { Precision } from './Precision';

interface ModelChooserProps {
  readonly setup: Setup;
  readonly problems: Problems;
  readonly disabled: boolean;
  onSet(change: Partial<Setup>): void;
  onFiles(files: File[]): void;
}

export function ModelChooser({ setup, problems, disabled, onSet, onFiles }: ModelChooserProps) {
  const models = useLab((s) => s.registry.models);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="control model">
      <div className="label split-label">
        <label htmlFor={id}>Model</label>
        <span>or drop an .onnx anywhere</span>
      </div>
      <div className="row tight">
        <select
          id={id}
          className="field"
          value={setup.model}
          disabled={disabled}
          onChange={({ target }) => onSet({ model: target.value })}
        >
          <optgroup label="Here">
            {models.map(({ id: model, title, note }) => (
              <option key={model} value={model} title={note}>
                {title}
              </option>
            ))}
          </optgroup>
          <optgroup label="Yours">
            <option value="file">{setup.files[0] ? setup.files[0].name : 'ONNX file'}</option>
            <option value="url">ONNX from an address</option>
          </optgroup>
        </select>
        <button type="button" className="btn" disabled={disabled} onClick={() => input.current?.click()}>
          Open file…
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Model files"
          onChange={({ target }) => {
            if (target.files && target.files.length > 0) onFiles([...target.files]);
            target.value = '';
          }}
        />
      </div>
      {problems.model && <p className="problem">{problems.model}</p>}
    </div>
  );
}

interface ModelSettingsProps {
  readonly setup: Setup;
  readonly inspection: Inspection;
  readonly problems: Problems;
  readonly disabled: boolean;
  onSet(change: Partial<Setup>): void;
}

/** What can be set of the chosen model: the block's sizes, an address, the free dimensions of a file. */
export function ModelSettings({ setup, inspection, problems, disabled, onSet }: ModelSettingsProps) {
  if (setup.model === 'block') {
    return (
      <div className="setup-row">
        {BLOCK_FIELDS.map((field) => (
          <Field
            key={field}
            label={field}
            width={84}
            inputMode="numeric"
            value={setup.block[field]}
            disabled={disabled}
            problem={problems[`block.${field}`]}
            onChange={(text) => onSet({ block: { ...setup.block, [field]: text } })}
          />
        ))}
        <Precision setup={setup} disabled={disabled} onSet={onSet} />
      </div>
    );
  }
  return (
    <>
      {setup.model === 'url' && (
        <div className="setup-row">
          <Field
            label="Address of an .onnx file"
            inputMode="url"
            placeholder="https://…/model.onnx"
            value={setup.url}
            disabled={disabled}
            problem={setup.url === '' ? undefined : problems.url}
            onChange={(url) => onSet({ url })}
          />
        </div>
      )}
      <ModelFacts
        setup={setup}
        inspection={inspection}
        problems={problems}
        disabled={disabled}
        onSet={onSet}
      />
    </>
  );
}

function ModelFacts({ setup, inspection, problems, disabled, onSet }: ModelSettingsProps) {
  if (inspection.state === 'none') return null;
  if (inspection.state === 'reading')
    return <div className="setup-row facts-line mute">Reading the model…</div>;
  if (inspection.state === 'failed') {
    const { message, next } = inspection.problem;
    return (
      <div className="setup-row facts-line problem" role="alert">
        {message} {next}
      </div>
    );
  }
  const { signature } = inspection;
  const missing = signature.externalData.filter((name) => !setup.files.some((file) => file.name === name));
  const inputs = signature.inputs.map((input) => `${input.name} ${input.dims.join('×')} ${input.dtype}`);
  return (
    <div className="setup-row">
      {Object.keys(signature.freeDims).map((name) => (
        <Field
          key={name}
          label={name}
          inputMode="numeric"
          value={setup.dims[name] ?? ''}
          disabled={disabled}
          problem={problems[`dims.${name}`]}
          onChange={(text) => onSet({ dims: { ...setup.dims, [name]: text } })}
        />
      ))}
      <p className="facts-line mute">
        <span>{inputs.join(', ')}</span>
        <span>{signature.nodes} nodes</span>
        <span>opset {signature.opset}</span>
        {signature.fixedBatch !== null && (
          <b className="warn">
            batch fixed at {signature.fixedBatch} in the file: other batches are not measured
          </b>
        )}
        {missing.length > 0 && <b className="warn">needs {missing.join(', ')} beside it: drop them too</b>}
      </p>
    </div>
  );
}
