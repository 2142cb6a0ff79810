import { type CaseResult, NO_COUNTERS, type Outcome } from '../../core/contract';

/** A case without measurements. */
export function caseResult(id: string, outcome: Outcome): CaseResult {
  return {
    id,
    experiment: 'fusion',
    workload: { kind: 'kernel', id: 'transpose', shape: [4, 4], dtype: 'f32' },
    engine: 'wgsl',
    load: 'closed-loop',
    options: {},
    outcome,
    verification: null,
    samples: {
      gpuNs: [],
      encodeNs: [],
      wallNs: [],
      readbackNs: [],
      clock: [],
      saturatedRuns: [],
      saturatedNs: [],
      createNs: null,
      firstNs: null,
    },
    sampling: {
      warmupRuns: 0,
      warmupConverged: false,
      repeats: 0,
      discarded: 0,
      negativePasses: 0,
      stopped: 'none',
    },
    counters: NO_COUNTERS,
    metrics: {},
    warnings: [],
  };
}
