/** Runs an experiment's plan on made-up times, for tests. */
import type {
  CaseResult,
  Comparison,
  Environment,
  ExperimentRequest,
  PlannedCase,
  RunSpec,
} from '../contract';
import { compareCases } from '../metrics';
import { type CaseOptions, caseResult, HARDWARE } from '../metrics/testing';
import type { Experiment } from './experiment';
import { PRESETS } from './presets';

export const SPEC: RunSpec = PRESETS[0].spec;

export function request(fields: Partial<ExperimentRequest> = {}): ExperimentRequest {
  return {
    id: 'batch',
    models: [{ from: 'catalogue', id: 'ocr-cls' }],
    kernels: [],
    engines: ['ort-webgpu', 'ort-wasm'],
    batches: [1, 2, 4, 8, 16, 32, 64],
    dtypes: ['f32'],
    ...fields,
  };
}

/** Plans, "measures" each case with what `measure` says of it, compares and concludes. */
export function pretend(
  experiment: Experiment,
  asked: ExperimentRequest,
  measure: (planned: PlannedCase) => CaseOptions,
  environment: Environment = HARDWARE,
) {
  const cases = experiment
    .cases(asked, SPEC)
    .map(
      ({ group: _, ...planned }): CaseResult =>
        caseResult({ ...planned, environment, ...measure(planned as PlannedCase) }),
    );
  const comparisons: Comparison[] = experiment
    .pairs(cases)
    .flatMap((p) => compareCases(p.baseline, p.candidate, p.clock, environment, SPEC.seed) ?? []);
  const findings = experiment.conclude(cases, { spec: SPEC, environment, comparisons });
  return { cases, comparisons, findings };
}
