/**
 * One group of cases that compare: prepared together, verified, warmed up, sampled interleaved, verified
 * again. Whatever happens to one case is an outcome of that case; the others go on.
 */
import {
  type CaseResult,
  type Counters,
  NO_COUNTERS,
  type Outcome,
  type PlannedCase,
  type Sampling,
  type SamplingRecord,
  type Stage,
  toErrorReport,
  type Verification,
} from '../contract';
import type { Check, Engine, EngineContext, Prepared } from '../engines/engine';
import type { Gpu } from '../gpu/device';
import { LOADS } from '../loads';
import { emptySamples, type LoadHost, newSubject, type Subject } from '../loads/subject';
import { warmUp } from './warm-up';

/** A measured case before metrics are computed from it. */
export type RawCase = Omit<CaseResult, 'metrics' | 'warnings'>;

export interface GroupHost extends Omit<LoadHost, 'cancelled'> {
  /** Why the run must end now ("cancelled", "time limit of 60 s reached"), or null. */
  interruption(): string | null;
  stage(caseIds: readonly string[], stage: Stage): void;
  /** Fraction of the group's work that is done, 0…1. */
  progress(share: number): void;
}

export interface GroupTools {
  readonly context: EngineContext;
  readonly engine: (id: string) => Engine;
  readonly reference: (planned: PlannedCase) => Promise<Check>;
  readonly sampling: Sampling;
  /** GPU time that a timed pass should at least and at most last, ns. */
  readonly passNs: readonly [min: number, max: number];
  /** Why this case need not be tried, after what others have shown; or null. */
  readonly skip: (planned: PlannedCase) => string | null;
}

/** A case on its way through the stages. `outcome` is set as soon as it is decided. */
interface Running {
  readonly planned: PlannedCase;
  prepared: Prepared | null;
  outcome: Outcome | null;
  verification: Verification | null;
  counters: Counters;
  subject: Subject | null;
  warm: { runs: number; converged: boolean };
}

function waiting(planned: PlannedCase): Running {
  return {
    planned,
    prepared: null,
    outcome: null,
    verification: null,
    counters: NO_COUNTERS,
    subject: null,
    warm: { runs: 0, converged: false },
  };
}

export async function runGroup(
  cases: readonly PlannedCase[],
  tools: GroupTools,
  host: GroupHost,
): Promise<RawCase[]> {
  const all = cases.map(waiting);
  const ids = cases.map((c) => c.id);
  const open = () => all.filter((c) => c.outcome === null);
  const each = async (stage: Stage, share: number, work: (c: Running) => Promise<void>) => {
    if (open().length === 0) return;
    host.stage(ids, stage);
    for (const c of open()) {
      await host.breathe();
      const interruption = host.interruption();
      if (interruption) c.outcome = { status: 'interrupted', reason: interruption };
      else await attempt(c, work, tools.context.gpu);
    }
    host.progress(share);
  };

  try {
    await each('prepare', 0.15, (c) => prepare(c, tools));
    await each('verify', 0.3, (c) => verify(c, tools));
    await each('warm-up', 0.45, async (c) => {
      await c.prepared!.tune(...tools.passNs);
      c.warm = await warmUp(c.prepared!, tools.sampling, host);
    });
    if (open().length > 0) {
      host.stage(ids, 'sample');
      await sample(open(), tools.sampling, host);
      host.progress(0.9);
    }
    await each('re-verify', 1, async (c) => {
      await verify(c, tools);
      c.counters = await c.prepared!.counters();
    });
  } finally {
    for (const c of all) await c.prepared?.dispose().catch(() => undefined);
  }
  return all.map(toRawCase);
}

async function attempt(c: Running, work: (c: Running) => Promise<void>, gpu: Gpu | null): Promise<void> {
  try {
    await work(c);
  } catch (error) {
    c.outcome = outcomeOf(error);
  }
  const uncaught = gpu?.takeError();
  if (uncaught) c.outcome = withGpuError(c.outcome, uncaught);
}

/** What the browser said of the GPU explains an outcome better than what came of it in the runtime. */
function withGpuError(outcome: Outcome | null, error: GPUError): Outcome | null {
  if (error.constructor.name === 'GPUOutOfMemoryError') {
    return { status: 'unsupported', reason: `The GPU ran out of memory: ${error.message}`, tooLarge: true };
  }
  if (outcome?.status !== 'wrong' && outcome?.status !== 'failed') return outcome;
  return { ...outcome, reason: `${outcome.reason} The browser reported: ${error.message}` };
}

/** Not fitting the device, or a model's fixed batch, is a property of the case and not a failure of the run. */
function outcomeOf(error: unknown): Outcome {
  const { code, message } = toErrorReport(error);
  if (code === 'limit-exceeded' || code === 'out-of-memory') {
    return { status: 'unsupported', reason: message, tooLarge: true };
  }
  if (code === 'unsupported') return { status: 'unsupported', reason: message };
  return { status: 'failed', reason: message, code };
}

async function prepare(c: Running, { engine, context, skip }: GroupTools): Promise<void> {
  const { workload, options } = c.planned;
  const chosen = engine(c.planned.engine);
  const reason = skip(c.planned) ?? chosen.unsupported(workload, options, context);
  if (reason) {
    c.outcome = { status: 'unsupported', reason };
    return;
  }
  c.prepared = await chosen.prepare(workload, options, context);
  c.subject = newSubject(c.prepared);
  c.subject.samples.createNs = c.prepared.createNs;
  c.subject.samples.firstNs = c.prepared.firstNs;
}

async function verify(c: Running, { reference }: GroupTools): Promise<void> {
  const check = await reference(c.planned);
  c.verification = check(await c.prepared!.outputs());
  if (c.verification.passed) return;
  const { ratio, maxError, method } = c.verification;
  c.outcome = {
    status: 'wrong',
    reason:
      ratio === null
        ? `The output is not finite, or not there (${method}).`
        : `The error ${maxError?.toExponential(1)} is ${ratio.toPrecision(2)} times what is allowed (${method}).`,
  };
}

async function sample(running: readonly Running[], sampling: Sampling, host: GroupHost): Promise<void> {
  const load = LOADS['closed-loop'];
  await load(
    running.map((c) => c.subject!),
    sampling,
    { ...host, cancelled: () => host.interruption() !== null },
  );
  for (const c of running) {
    if (c.subject!.error !== null) c.outcome = outcomeOf(c.subject!.error);
    else if (c.subject!.stopped === 'cancelled') {
      c.outcome = { status: 'interrupted', reason: host.interruption() ?? 'cancelled' };
    }
  }
}

/** A case that was decided without being run. */
export function notRun(planned: PlannedCase, outcome: Outcome): RawCase {
  return toRawCase({ ...waiting(planned), outcome });
}

function toRawCase({ planned, outcome, verification, counters, subject, warm, prepared }: Running): RawCase {
  const { group: _, ...about } = planned;
  const record: SamplingRecord = {
    warmupRuns: warm.runs,
    warmupConverged: warm.converged,
    repeats: prepared?.repeats ?? 1,
    discarded: subject?.discarded ?? 0,
    negativePasses: subject?.negativePasses ?? 0,
    stopped: subject?.stopped ?? 'none',
  };
  const final: Outcome = outcome ?? { status: 'ok' };
  // A case that is not ok shows no time: not in its metrics and not in its raw samples.
  const samples = final.status === 'ok' && subject ? subject.samples : emptySamples();
  return { ...about, outcome: final, verification, samples, sampling: record, counters };
}
