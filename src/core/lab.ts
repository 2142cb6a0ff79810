/**
 * A run, as a story: open the device, calibrate, plan, take the groups one by one, save each case at once,
 * conclude. What each step means is in the folders; this file only joins them.
 */
import { type GroupHost, notRun, type RawCase, runGroup } from './bench/group';
import {
  type CaseResult,
  type Comparison,
  type Environment,
  LabError,
  type ModelRef,
  type PlannedCase,
  RESULT_VERSION,
  type RunEvent,
  type RunnerOptions,
  type RunResult,
  type RunSpec,
  remember,
  workloadItems,
} from './contract';
import { engineById } from './engines';
import type { Check, EngineContext } from './engines/engine';
import { createWitness, measureCeilings, type Witness } from './engines/probes';
import { reference } from './engines/reference';
import { describeEnvironment } from './environment';
import { EXPERIMENTS, type Experiment } from './experiments';
import { calibrate } from './gpu/calibrate';
import { type Gpu, openGpu } from './gpu/device';
import { compareCases, computeMetrics, sampleWarnings } from './metrics';
import { type LoadedModel, loadModel, type ModelHost } from './models/load';

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

/** Timed passes last at least 100 quanta and 20 empty passes, and stay far under the browser's watchdog. */
const MIN_QUANTA = 100;
const MIN_EMPTY_PASSES = 20;
const MAX_PASS_NS = 0.3e9;

/** @throws LabError `bad-spec` before anything is measured; later problems are outcomes of cases. */
export async function run(spec: RunSpec, host: LabHost, options: RunOptions): Promise<RunResult> {
  const session = new Session(spec, host);
  try {
    return await session.run(options);
  } finally {
    session.close();
  }
}

/** The environment that a run would have, without running anything. */
export async function probe(adapter: RunSpec['adapter']): Promise<Environment> {
  const opened = await openGpu(adapter);
  const gpu = 'missing' in opened ? null : opened;
  const timer = await calibrate(gpu);
  gpu?.device.destroy();
  return describeEnvironment(opened, timer);
}

/** @throws LabError `bad-spec` naming the experiments there are. */
function experimentOf(id: string): Experiment {
  const experiment = EXPERIMENTS.find((e) => e.id === id);
  if (experiment) return experiment;
  const known = EXPERIMENTS.map((e) => e.id).join(', ');
  throw new LabError('bad-spec', `There is no experiment "${id}".`, `Choose among ${known}.`);
}

class Session {
  readonly #started = new Date();
  readonly #startMs = performance.now();
  readonly #models = new Map<string, Promise<LoadedModel>>();
  #gpu: Gpu | null = null;
  #witness: Witness | null = null;
  #bestRate = 0;
  #check: { key: string; check: Promise<Check> } | null = null;
  /** Series that ran out of memory, and the batch at which they did. */
  readonly #tooLarge = new Map<string, number>();

  constructor(
    private readonly spec: RunSpec,
    private readonly host: LabHost,
  ) {}

  async run({ resume, crashed }: RunOptions): Promise<RunResult> {
    const planned = this.#plan();
    const environment = await this.#open();
    this.host.emit({ type: 'environment', environment });
    this.host.emit({ type: 'planned', caseIds: planned.map((c) => c.id) });

    const done = new Map(resume.filter((c) => c.outcome.status !== 'interrupted').map((c) => [c.id, c]));
    for (const c of planned.filter((p) => crashed.includes(p.id)))
      done.set(c.id, this.#crashed(c, environment));
    const byGroup = new Map<string, PlannedCase[]>();
    for (const c of planned) remember(byGroup, c.group, (): PlannedCase[] => []).push(c);
    const groups = [...byGroup.values()];
    for (const [index, group] of groups.entries()) {
      const progress = (share: number) => this.#progress((index + share) / groups.length);
      const missing = group.filter((c) => !done.has(c.id));
      for (const result of await this.#group(missing, environment, progress)) {
        done.set(result.id, result);
        this.host.emit({ type: 'case', result });
      }
      progress(1);
    }
    const cases = planned.map((c) => done.get(c.id)!);
    const result = this.#conclude(environment, cases);
    this.host.emit({ type: 'finished', result });
    return result;
  }

  close(): void {
    this.#witness?.dispose();
    this.#gpu?.device.destroy();
  }

  #plan(): PlannedCase[] {
    const planned = this.spec.experiments.flatMap((request) => {
      for (const id of request.engines) engineById(id);
      return experimentOf(request.id).cases(request, this.spec);
    });
    const ids = new Set(planned.map((c) => c.id));
    if (planned.length === 0 || ids.size < planned.length) {
      throw new LabError(
        'bad-spec',
        planned.length === 0 ? 'The spec has no cases.' : 'The spec asks for the same case twice.',
        'Name at least one model or kernel and one engine, each once.',
      );
    }
    return planned;
  }

  async #open(): Promise<Environment> {
    const opened = await openGpu(this.spec.adapter);
    this.#gpu = 'missing' in opened ? null : opened;
    if (!this.#gpu && this.spec.adapter === 'hardware') {
      throw new LabError(
        'no-adapter',
        'missing' in opened ? opened.missing : 'No adapter.',
        'See `rooflab doctor` or the Environment view for what this browser needs.',
      );
    }
    const timer = await calibrate(this.#gpu);
    const hardware = this.#gpu !== null && !this.#gpu.adapter.software;
    const ceilings = hardware ? await measureCeilings(this.#gpu!) : undefined;
    if (hardware && this.#gpu!.recorder.timestamps) this.#witness = await createWitness(this.#gpu!);
    return describeEnvironment(opened, timer, ceilings);
  }

  /** A new device after the old one was lost: the run goes on with the next group. */
  async #reopen(): Promise<void> {
    if (!this.#gpu || this.#gpu.lost() === null) return;
    this.host.emit({ type: 'notice', message: 'The GPU device was lost; going on with a new one.' });
    this.#witness = null;
    const opened = await openGpu(this.spec.adapter);
    this.#gpu = 'missing' in opened ? null : opened;
    if (this.#gpu && !this.#gpu.adapter.software && this.#gpu.recorder.timestamps) {
      this.#witness = await createWitness(this.#gpu);
    }
  }

  async #group(
    cases: readonly PlannedCase[],
    environment: Environment,
    progress: (share: number) => void,
  ): Promise<CaseResult[]> {
    if (cases.length === 0) return [];
    await this.#reopen();
    const { timer } = environment;
    const minPassNs = Math.max(
      MIN_QUANTA * (timer.quantumNs ?? 0),
      MIN_EMPTY_PASSES * (timer.emptyPassNs ?? 0),
    );
    const raw = await runGroup(
      cases,
      {
        context: this.#context(),
        engine: engineById,
        reference: (planned) => this.#reference(planned),
        sampling: this.spec.sampling,
        passNs: [minPassNs, MAX_PASS_NS],
        skip: (planned) => this.#skip(planned),
      },
      this.#groupHost(progress),
    );
    for (const c of raw) this.#rememberTooLarge(c);
    return raw.map((c) => this.#finish(c, environment));
  }

  #context(): EngineContext {
    return {
      gpu: this.#gpu,
      seed: this.spec.seed,
      baseUrl: this.host.baseUrl,
      model: (ref: ModelRef, dtype) =>
        remember(this.#models, JSON.stringify([ref, dtype]), () =>
          loadModel(ref, this.host.models, dtype, this.spec.seed),
        ),
    };
  }

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
      witness: async () => {
        const rate = (await this.#witness?.rate()) ?? null;
        if (rate === null) return null;
        this.#bestRate = Math.max(this.#bestRate, rate);
        this.host.emit({ type: 'clock', share: rate / this.#bestRate });
        return rate;
      },
    };
  }

  #interruption(): string | null {
    if (this.host.signal.aborted) return 'cancelled';
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

  #crashed(planned: PlannedCase, environment: Environment): CaseResult {
    const reason = 'The browser died while it ran.';
    return this.#finish(notRun(planned, { status: 'failed', code: 'browser-crashed', reason }), environment);
  }

  #series(c: PlannedCase | RawCase): string {
    const { batch: _, ...workload } = { batch: 0, ...c.workload };
    return JSON.stringify([c.experiment, workload, c.engine, c.options]);
  }

  #rememberTooLarge(c: RawCase): void {
    if (c.outcome.status !== 'unsupported' || c.workload.kind !== 'model') return;
    if (/bytes|memory/.test(c.outcome.reason)) this.#tooLarge.set(this.#series(c), workloadItems(c.workload));
  }

  /** A sweep stops where memory stopped it: larger batches of the series are not tried. */
  #skip(c: PlannedCase): string | null {
    const batch = this.#tooLarge.get(this.#series(c));
    return batch !== undefined && workloadItems(c.workload) > batch
      ? `Batch ${batch} did not fit already.`
      : null;
  }

  #finish(raw: RawCase, environment: Environment): CaseResult {
    const clock = raw.samples.clock.map((rate) => (rate === null ? null : rate / this.#bestRate));
    const samples = { ...raw.samples, clock };
    const measured = { ...raw, samples };
    const ok = raw.outcome.status === 'ok';
    const warnings = ok ? sampleWarnings(samples, measured.sampling, environment) : [];
    return { ...measured, metrics: computeMetrics({ ...measured, warnings }, environment), warnings };
  }

  #conclude(environment: Environment, cases: readonly CaseResult[]): RunResult {
    const comparisons: Comparison[] = [];
    const asked = EXPERIMENTS.filter(({ id }) => cases.some((c) => c.experiment === id));
    const findings = asked.flatMap((experiment) => {
      const compared = experiment
        .pairs(cases)
        .map((p) => compareCases(p.baseline, p.candidate, p.clock, environment, this.spec.seed))
        .filter((c) => c !== null);
      comparisons.push(...compared);
      return experiment.conclude(cases, { spec: this.spec, environment, comparisons: compared });
    });
    return {
      schema: 'rooflab.result',
      version: RESULT_VERSION,
      id: crypto.randomUUID(),
      startedAt: this.#started.toISOString(),
      durationS: this.#elapsedS(),
      spec: this.spec,
      environment,
      cases: [...cases],
      comparisons,
      findings,
    };
  }
}
