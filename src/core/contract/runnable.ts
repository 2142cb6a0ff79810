/** What one run took, in ns, by each of the clocks; null where a clock gives nothing. */
export interface Timing {
  readonly gpuNs: number | null;
  readonly encodeNs: number | null;
  readonly wallNs: number | null;
  readonly readbackNs: number | null;
  /** Passes stamped backwards and left out of `gpuNs`. */
  readonly negativePasses: number;
}

/** Something prepared that a load can drive. */
export interface Runnable {
  /** Bytes that reading the outputs back copies from the GPU; 0 where they are on the CPU anyway. */
  readonly outputBytes: number;
  /** One run by every clock, from the call to the data on the CPU or, without `readBack`, to the work done. */
  once(readBack: boolean): Promise<Timing>;
  /** `runs` runs back to back, waiting only at the end; wall time in ns. */
  saturate(runs: number): Promise<number>;
}
