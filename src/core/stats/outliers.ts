import { median } from './order';

/**
 * Modified z-scores, 0.6745·(x − median) ÷ MAD, the median absolute deviation (Iglewicz & Hoaglin 1993). Where more than half of the values
 * are equal the MAD is 0; then the mean absolute deviation, scaled for a normal distribution by √(π/2), takes
 * its place, as they advise. All 0 when all values are equal.
 */
export function modifiedZ(values: readonly number[]): number[] {
  const centre = median(values);
  const deviations = values.map((x) => Math.abs(x - centre));
  const typical = median(deviations) / 0.6745;
  const average = deviations.reduce((sum, d) => sum + d, 0) / values.length;
  const scale = typical > 0 ? typical : average * Math.sqrt(Math.PI / 2);
  return values.map((x) => (scale > 0 ? (x - centre) / scale : 0));
}

/** Which values are outliers: |modified z| above 3.5, the threshold of Iglewicz & Hoaglin. They are kept. */
export function outliers(values: readonly number[]): boolean[] {
  return modifiedZ(values).map((z) => Math.abs(z) > 3.5);
}
