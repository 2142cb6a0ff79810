import { type Environment, LabError, type RunSpec, type Timer, toErrorReport } from './contract';
import { createWitness, measureCeilings, type Witness } from './engines/probes';
import { describeEnvironment } from './environment';
import { calibrate } from './gpu/calibrate';
import { type Gpu, type NoGpu, openGpu } from './gpu/device';
import { quantileOfSorted, sorted } from './stats';

/** Timed passes last at least 100 quanta and 20 empty passes, and stay far under the browser's watchdog. */
const MIN_QUANTA = 100;
const MIN_EMPTY_PASSES = 20;
const MAX_PASS_NS = 0.3e9;
/** A device that has not answered by then is taken for alive but busy. */
const DEVICE_PATIENCE_MS = 3000;

/** What a run measures on and with: the device, its calibrated timer and its clock witness. */
export class Rig {
  #witness: Witness | null = null;
  readonly #rates: number[] = [];

  private constructor(
    private readonly adapter: RunSpec['adapter'],
    private opened: Gpu | NoGpu,
    readonly environment: Environment,
  ) {}

  /**
   * Opens, calibrates and, on hardware, measures the ceilings.
   * @throws LabError `no-adapter` or `software-adapter` when the spec insists on hardware.
   */
  static async open(adapter: RunSpec['adapter']): Promise<Rig> {
    const opened = await openGpu(adapter);
    if ('missing' in opened && adapter === 'hardware') {
      throw new LabError(
        'no-adapter',
        opened.missing,
        'See `rooflab doctor` or the Environment view for what this browser needs.',
      );
    }
    const timer = await calibrate('missing' in opened ? null : opened);
    const ceilings = isHardware(opened) ? await measureCeilings(opened) : undefined;
    const rig = new Rig(adapter, opened, describeEnvironment(opened, timer, ceilings));
    await rig.#start();
    return rig;
  }

  get gpu(): Gpu | null {
    return 'missing' in this.opened ? null : this.opened;
  }

  /** Shortest and longest GPU time that a timed pass should have, ns. */
  get passNs(): readonly [min: number, max: number] {
    const { quantumNs, emptyPassNs }: Timer = this.environment.timer;
    return [Math.max(MIN_QUANTA * (quantumNs ?? 0), MIN_EMPTY_PASSES * (emptyPassNs ?? 0)), MAX_PASS_NS];
  }

  /**
   * Why the device was lost, or null. Asks the device, since the browser may tell late: a failed submission
   * comes before the news that the device is gone.
   */
  async lost(): Promise<string | null> {
    const { gpu } = this;
    if (!gpu) return null;
    const alive = gpu.device.queue.onSubmittedWorkDone().catch(() => undefined);
    const patience = new Promise((resolve) => setTimeout(resolve, DEVICE_PATIENCE_MS));
    await Promise.race([alive, gpu.device.lost, patience]);
    return gpu.lost();
  }

  /** Another device after the old one was lost; none, when only another kind of adapter is left. */
  async reopen(): Promise<void> {
    this.#witness = null;
    const before = this.environment.adapter;
    const opened = await openGpu(this.adapter).catch((error) => ({ missing: toErrorReport(error).message }));
    const other = !('missing' in opened) && JSON.stringify(opened.adapter) !== JSON.stringify(before);
    this.opened = other
      ? { missing: 'The GPU was lost, and the browser now offers another adapter.' }
      : opened;
    await this.#start();
  }

  /** The witness's rate now, FLOP/s; null without one. */
  async witnessRate(): Promise<number | null> {
    const rate = (await this.#witness?.rate()) ?? null;
    if (rate !== null) this.#rates.push(rate);
    return rate;
  }

  /**
   * A rate of the witness as a share of what it reaches at full clock: the 90th percentile of the run so far,
   * since single readings come out too high as well as too low.
   */
  clockShare(rate: number): number {
    return rate / quantileOfSorted(sorted(this.#rates), 0.9);
  }

  close(): void {
    this.#witness?.dispose();
    this.gpu?.device.destroy();
  }

  async #start(): Promise<void> {
    const { opened } = this;
    if (!isHardware(opened) || !opened.recorder.timestamps) return;
    this.#witness = await createWitness(opened, this.passNs[0]).catch(() => null);
  }
}

function isHardware(opened: Gpu | NoGpu): opened is Gpu {
  return !('missing' in opened) && !opened.adapter.software;
}

/** The environment that a run would have, without measuring its ceilings. */
export async function probe(adapter: RunSpec['adapter']): Promise<Environment> {
  const opened = await openGpu(adapter);
  const gpu = 'missing' in opened ? null : opened;
  const timer = await calibrate(gpu);
  gpu?.device.destroy();
  return describeEnvironment(opened, timer);
}
