/**
 * Times and counts the work that anyone encodes on a device, our kernels and foreign runtimes alike, by
 * wrapping the device's own methods: every compute pass gets `timestampWrites` while recording.
 */

/** What was seen between `start` and `end`. */
export interface Recording {
  /** Union of the passes' intervals, ns; null when timestamps are not available. */
  readonly busyNs: number | null;
  /** Passes whose end was stamped before their begin; left out of the above. */
  readonly negative: number;
  readonly dispatches: number;
  readonly passes: number;
  readonly submits: number;
  /** CPU time in which somebody waited for the GPU: for the queue or for a buffer to be mapped, ns. */
  readonly waitNs: number;
}

/** WebGPU's limit on the queries of one set; two make a pass. */
const QUERIES = 4096;

export class PassRecorder {
  /** Compute pipelines created since the device was opened. */
  pipelines = 0;

  /** For instruments' own work, which must be neither timed nor counted. */
  readonly createEncoder: (descriptor?: GPUCommandEncoderDescriptor) => GPUCommandEncoder;
  readonly submit: (buffers: Iterable<GPUCommandBuffer>) => undefined;

  #stamps: Stamps | null = null;
  #recording = false;
  #used = 0;
  #dispatches = 0;
  #passes = 0;
  #submits = 0;
  readonly #waits = new Waits();

  constructor(device: GPUDevice) {
    this.createEncoder = device.createCommandEncoder.bind(device);
    this.submit = device.queue.submit.bind(device.queue) as typeof this.submit;
    if (device.features.has('timestamp-query')) this.#stamps = new Stamps(device);

    device.createCommandEncoder = (descriptor) => this.#watch(this.createEncoder(descriptor));
    device.queue.submit = (buffers: Iterable<GPUCommandBuffer>) => {
      if (this.#recording) this.#submits++;
      return this.submit(buffers);
    };
    const done = device.queue.onSubmittedWorkDone.bind(device.queue);
    device.queue.onSubmittedWorkDone = () => this.#waitFor(done());
    const createBuffer = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) => {
      const buffer = createBuffer(descriptor);
      const map = buffer.mapAsync.bind(buffer);
      buffer.mapAsync = (mode, offset, size) => this.#waitFor(map(mode, offset, size));
      return buffer;
    };
    const create = device.createComputePipeline.bind(device);
    device.createComputePipeline = (descriptor) => {
      this.pipelines++;
      return create(descriptor);
    };
    const createAsync = device.createComputePipelineAsync.bind(device);
    device.createComputePipelineAsync = (descriptor) => {
      this.pipelines++;
      return createAsync(descriptor);
    };
  }

  get timestamps(): boolean {
    return this.#stamps !== null;
  }

  start(): void {
    this.#recording = true;
    this.#used = 0;
    this.#dispatches = 0;
    this.#passes = 0;
    this.#submits = 0;
    this.#waits.reset();
  }

  /** Ends the recording, at once: what is encoded from here on is neither timed nor counted. */
  end(): void {
    this.#recording = false;
  }

  /** Waits for the stamps of the recording that ended. Its work must have been submitted. */
  async collect(): Promise<Recording> {
    const counts = {
      dispatches: this.#dispatches,
      passes: this.#passes,
      submits: this.#submits,
      waitNs: this.#waits.totalMs * 1e6,
    };
    // Passes beyond the query set were not timed: a partial busy time would be a wrong one.
    const timed = this.#used > 0 && this.#used === this.#passes;
    const stamps = timed ? await this.stamps() : new BigUint64Array();
    return { ...unionOf(stamps), ...counts };
  }

  /** Begin and end stamps of the passes of the recording that ended, ns. */
  async stamps(): Promise<BigUint64Array> {
    if (!this.#stamps || this.#used === 0) return new BigUint64Array();
    return this.#stamps.read(this, this.#used);
  }

  #waitFor<T>(promise: Promise<T>): Promise<T> {
    if (!this.#recording) return promise;
    return promise.finally(this.#waits.enter());
  }

  #watch(encoder: GPUCommandEncoder): GPUCommandEncoder {
    if (!this.#recording) return encoder;
    const begin = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = (descriptor) => {
      this.#passes++;
      const timed = this.#stamps && !descriptor?.timestampWrites && this.#used < QUERIES / 2;
      const pass = begin(
        timed ? { ...descriptor, timestampWrites: this.#stamps!.writes(this.#used++) } : descriptor,
      );
      const direct = pass.dispatchWorkgroups.bind(pass);
      pass.dispatchWorkgroups = (x, y, z) => {
        this.#dispatches++;
        return direct(x, y, z);
      };
      const indirect = pass.dispatchWorkgroupsIndirect.bind(pass);
      pass.dispatchWorkgroupsIndirect = (buffer, offset) => {
        this.#dispatches++;
        return indirect(buffer, offset);
      };
      return pass;
    };
    return encoder;
  }
}

/** Time in which at least one wait was under way. */
class Waits {
  totalMs = 0;
  #open = 0;
  #since = 0;
  /** A wait that began before the last reset must not count as ended after it. */
  #generation = 0;

  reset(): void {
    this.totalMs = 0;
    this.#open = 0;
    this.#generation++;
  }

  /** Begins a wait; call what it gives when the wait is over. */
  enter(): () => void {
    const generation = this.#generation;
    if (this.#open++ === 0) this.#since = performance.now();
    return () => {
      if (generation !== this.#generation) return;
      if (--this.#open === 0) this.totalMs += performance.now() - this.#since;
    };
  }
}

/** The query set and the buffers that bring its stamps to the CPU. */
class Stamps {
  readonly #set: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #readback: GPUBuffer;

  constructor(device: GPUDevice) {
    const size = QUERIES * 8;
    this.#set = device.createQuerySet({ label: 'stamps', type: 'timestamp', count: QUERIES });
    this.#resolved = device.createBuffer({
      label: 'stamps resolved',
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.#readback = device.createBuffer({
      label: 'stamps readback',
      size,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }

  writes(pass: number): GPUComputePassTimestampWrites {
    return { querySet: this.#set, beginningOfPassWriteIndex: 2 * pass, endOfPassWriteIndex: 2 * pass + 1 };
  }

  async read(recorder: PassRecorder, passes: number): Promise<BigUint64Array> {
    const bytes = passes * 16;
    const encoder = recorder.createEncoder({ label: 'stamps' });
    encoder.resolveQuerySet(this.#set, 0, passes * 2, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#readback, 0, bytes);
    recorder.submit([encoder.finish()]);
    await this.#readback.mapAsync(GPUMapMode.READ, 0, bytes);
    const stamps = new BigUint64Array(this.#readback.getMappedRange(0, bytes).slice(0));
    this.#readback.unmap();
    return stamps;
  }
}

/** Busy time of possibly overlapping passes: the union of their intervals. */
export function unionOf(stamps: BigUint64Array): Pick<Recording, 'busyNs' | 'negative'> {
  const intervals: [bigint, bigint][] = [];
  let negative = 0;
  for (let i = 0; i + 1 < stamps.length; i += 2) {
    const [begin, end] = [stamps[i]!, stamps[i + 1]!];
    if (end < begin) negative++;
    else intervals.push([begin, end]);
  }
  if (intervals.length === 0) return { busyNs: null, negative };
  intervals.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  let busy = 0n;
  let [from, to] = intervals[0]!;
  for (const [begin, end] of intervals) {
    if (begin > to) {
      busy += to - from;
      [from, to] = [begin, end];
    } else if (end > to) {
      to = end;
    }
  }
  busy += to - from;
  return { busyNs: Number(busy), negative };
}
