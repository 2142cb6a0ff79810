import { type Program, payloadBytes } from '../gpu/program';

/**
 * Bytes that a program's dispatches move at least: every dispatch reads or writes each buffer bound to it
 * once. What fusing saves shows here, where the operator's own minimum is the same for all variants.
 */
export function trafficBytes({ buffers, stages }: Program): number {
  const size = new Map(buffers.map((b) => [b.name, payloadBytes(b.dtype, b.length)]));
  return stages
    .flatMap((stage) => stage.bindings)
    .reduce((sum, { buffer }) => sum + (size.get(buffer) ?? 0), 0);
}
