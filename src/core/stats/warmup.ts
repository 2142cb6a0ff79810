import { drift } from './drift';
import { median } from './order';

/**
 * Whether warm-up is over (method.md 8): the medians of the last three windows lie within 10 % of one another,
 * and the first of the three does not differ significantly from the last.
 * @param runs durations of the warm-up so far, in order.
 * @param window runs a window; 1 serves runs so slow that few can be had.
 */
export function warmedUp(runs: readonly number[], window: number): boolean {
  if (runs.length < 3 * window) return false;
  const recent = runs.slice(-3 * window);
  const medians = [0, 1, 2].map((i) => median(recent.slice(i * window, (i + 1) * window)));
  if (Math.max(...medians) > 1.1 * Math.min(...medians)) return false;
  return !drift(recent, { significance: 0.05 }).drifting;
}
