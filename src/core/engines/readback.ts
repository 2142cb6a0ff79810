/**
 * Whether to read the outputs back in this run. Always when they are small; large ones (a 268 MB transposition)
 * only a few times, since reading them would take most of the time given to a case.
 */
export function readbackPlan(outputBytes: number): () => boolean {
  const SMALL = 4 << 20;
  const FEW = 5;
  let done = 0;
  return () => outputBytes <= SMALL || done++ < FEW;
}
