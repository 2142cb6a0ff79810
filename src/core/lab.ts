/**
 * A run, as a story: plan, open the device and calibrate, take the groups one by one, save each case at once,
 * conclude. What each step means is in the folders; this file only joins them.
 */
import { type GroupHost, notRun, type RawCase, runGroup } from './bench/group';
import { conclude } from './conclude';
import {
  CANCELLED,
  type CaseResult,
  type ModelRef,
  type PlannedCase,
  RESULT_VERSION,
  type RunEvent,
  type RunnerOptions,
  type RunResult,
  type RunSpec,
  rememberSuccess,
} from './contract';
import { engineById } from './engines';
import type { Check, EngineContext } from './engines/engine';
import { reference } from './engines/reference';
import { caseWarnings, computeMetrics } from './metrics';
import { type LoadedModel, loadModel, type ModelHost } from './models/load';
import { groupsOf, plan } from './plan';
import { Rig } from './rig';

/** The world around a run. */
export interface LabHost {
  emit(event: RunEvent): void;
  /** Set when the user asked to stop. */
  readonly signal: AbortSignal;
  hidden(): boolean;
  readonly models: ModelHost;
  /** Base URL of the app, with a slash at its end. */
  readonly baseUrl: string;
}

export type RunOptions = Pick<RunnerOptions, 'resume' | 'crashed'>;

/** @throws LabError `bad-spec` before anything is measured; later problems are outcomes of cases. */
export async function run(spec: RunSpec, host: LabHost, options: RunOptions): Promise<RunResult> {
  const planned = plan(spec);
  const rig = await Rig.open(spec.adapter);
  try {
    return await new Session(spec, host, rig).run(planned, options);
  } finally {
    rig.close();
  }
}

class Session {
  readonly #started = new Date();
  readonly #startMs = performance.now();
  readonly #models = new Map<string, Promise<LoadedModel>>();
  #check: { key: string; check: Promise<Check> } | null = null;
  /** What was measured in this session, before shares of the clock are taken. */
  readonly #raw = new Map<string, RawCase>();
  /** Series that did not fit, and the batch at which they did not. */
  readonly #tooLarge = new Map<string, number>();

  constructor(
    private readonly spec: RunSpec,
    private readonly host: LabHost,
    private readonly rig: Rig,
  ) {}

  async run(planned: readonly PlannedCase[], { resume, crashed }: RunOptions): Promise<RunResult> {
    const { environment } = this.rig;
    this.host.emit({ type: 'environment', environment });
    this.host.emit({ type: 'planned', caseIds: planned.map((c) => c.id) });

    const groups = groupsOf(planned);
    const done = new Map<string, CaseResult>();
    for (const c of planned) if (crashed.includes(c.id)) this.#save(done, this.#crashed(c));
    for (const c of wholeGroups(groups, resume, done)) done.set(c.id, c);
    for (const [index, group] of groups.entries()) {
      const progress = (share: number) => this.#progress((index + share) / groups.length);
      const missing = group.filter((c) => !done.has(c.id));
      for (const result of await this.#group(missing, progress)) this.#save(done, result);
      progress(1);
    }
    // Once more, now that the clock's best rate is known from the whole run.
    const cases = planned.map((c) => {
      const raw = this.#raw.get(c.id);
      return raw ? this.#finish(raw) : done.get(c.id)!;
    });
    const result: RunResult = {
      schema: 'rooflab.result',
      version: RESULT_VERSION,
      id: crypto.randomUUID(),
      startedAt: this.#started.toISOString(),
      durationS: this.#elapsedS(),
      spec: this.spec,
      environment,
      cases,
      ...conclude(this.spec, environment, cases),
    };
    this.host.emit({ type: 'finished', result });
    return result;
  }

  async #group(cases: readonly PlannedCase[], progress: (share: number) => void): Promise<CaseResult[]> {
    if (cases.length === 0) return [];
    const raw = await runGroup(
      cases,
      {
        context: this.#context(),
        engine: engineById,
        reference: (c) => this.#reference(c),
        sampling: this.spec.sampling,
        passNs: this.rig.passNs,
        skip: (c) => this.#skip(c),
      },
      this.#groupHost(progress),
    );
    const suspicious = raw.some(({ outcome: { status } }) => status === 'failed' || status === 'wrong');
    const lost = suspicious ? await this.rig.lost() : null;
    if (lost !== null) {
      this.host.emit({ type: 'notice', message: 'The GPU device was lost; going on with a new one.' });
      await this.rig.reopen();
    }
    return raw.map((c) => {
      this.#rememberTooLarge(c);
      const judged = lost === null ? c : blameDevice(c, lost);
      this.#raw.set(c.id, judged);
      return this.#finish(judged);
    });
  }

  #save(done: Map<string, CaseResult>, result: CaseResult): void {
    done.set(result.id, result);
    this.host.emit({ type: 'case', result });
  }

  #context(): EngineContext {
    return {
      gpu: this.rig.gpu,
      seed: this.spec.seed,
      baseUrl: this.host.baseUrl,
      model: (ref: ModelRef, dtype) =>
        rememberSuccess(this.#models, JSON.stringify([ref, dtype]), () =>
          loadModel(ref, this.host.models, dtype, this.spec.seed),
        ),
    };
  }

  /** The reference of the workload in hand: the cases of a group share it. */
  #reference(planned: PlannedCase): Promise<Check> {
    const key = JSON.stringify(planned.workload);
    if (this.#check?.key !== key) this.#check = { key, check: reference(planned.workload, this.#context()) };
    return this.#check.check;
  }

  #groupHost(progress: (share: number) => void): GroupHost {
    return {
      now: () => performance.now(),
      hidden: () => this.host.hidden(),
      interruption: () => this.#interruption(),
      stage: (caseIds, stage) => this.host.emit({ type: 'stage', caseIds, stage }),
      progress,
      breathe: nextMessage,
      witness: async () => {
        const rate = await this.rig.witnessRate();
        if (rate !== null) this.host.emit({ type: 'clock', share: this.rig.clockShare(rate) });
        return rate;
      },
    };
  }

  #interruption(): string | null {
    if (this.host.signal.aborted) return CANCELLED;
    const limit = this.spec.timeLimitS;
    if (limit !== null && this.#elapsedS() > limit) return `the time limit of ${limit} s was reached`;
    return null;
  }

  #elapsedS(): number {
    return (performance.now() - this.#startMs) / 1000;
  }

  #progress(done: number): void {
    const elapsed = this.#elapsedS();
    const limit = this.spec.timeLimitS ?? Number.POSITIVE_INFINITY;
    // The first percents are mostly compilation: an estimate from them would be far too long.
    const etaS = done < 0.03 ? null : Math.min(elapsed / done - elapsed, Math.max(0, limit - elapsed));
    this.host.emit({ type: 'progress', done, etaS });
  }

  #rememberTooLarge(c: RawCase): void {
    if (c.outcome.status !== 'unsupported' || !c.outcome.tooLarge || c.workload.kind !== 'model') return;
    this.#tooLarge.set(seriesOf(c), c.workload.batch);
  }

  /** A sweep stops where memory stopped it: larger batches of the series are not tried. */
  #skip(c: PlannedCase): string | null {
    const batch = this.#tooLarge.get(seriesOf(c));
    if (batch === undefined || c.workload.kind !== 'model' || c.workload.batch <= batch) return null;
    return `Batch ${batch} did not fit already.`;
  }

  #crashed(planned: PlannedCase): CaseResult {
    const reason = 'The browser died while it ran.';
    return this.#finish(notRun(planned, { status: 'failed', code: 'browser-crashed', reason }));
  }

  #finish(raw: RawCase): CaseResult {
    const { environment } = this.rig;
    const clock = raw.samples.clock.map((rate) => (rate === null ? null : this.rig.clockShare(rate)));
    const measured = { ...raw, samples: { ...raw.samples, clock } };
    const ok = raw.outcome.status === 'ok';
    const warnings = ok ? caseWarnings(measured, environment) : [];
    return { ...measured, metrics: computeMetrics({ ...measured, warnings }, environment), warnings };
  }
}

/**
 * Earlier results that need not be measured again: of groups that have all their cases, since cases pair only
 * when they were sampled in turn. Those in `decided` count as there.
 */
function wholeGroups(
  groups: readonly (readonly PlannedCase[])[],
  earlier: readonly CaseResult[],
  decided: ReadonlyMap<string, CaseResult>,
): CaseResult[] {
  const finished = new Map(earlier.filter((c) => c.outcome.status !== 'interrupted').map((c) => [c.id, c]));
  return groups
    .filter((group) => group.every(({ id }) => finished.has(id) || decided.has(id)))
    .flatMap((group) => group.flatMap(({ id }) => (decided.has(id) ? [] : finished.get(id)!)));
}

/** Resolves when the messages that wait for this thread were delivered. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** A workload at any batch, on an engine with its options. */
function seriesOf({ experiment, workload, engine, options }: PlannedCase | RawCase): string {
  return JSON.stringify([experiment, { ...workload, batch: 0 }, engine, options]);
}

/** Whatever an engine said when its device went away, the reason is the device. */
function blameDevice(c: RawCase, lost: string): RawCase {
  if (c.outcome.status !== 'failed' && c.outcome.status !== 'wrong') return c;
  return {
    ...c,
    outcome: { status: 'failed', code: 'device-lost', reason: `The GPU device was lost: ${lost}` },
  };
}
