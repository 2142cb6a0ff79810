import type { Finding } from '../core';

export type Answer =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly verdict: NonNullable<Finding['verdict']> }
  | { readonly kind: 'several'; readonly confirmed: number; readonly of: number };

/** What came of the claims that findings answer; those that could not be tested count only where none could. */
export function answerOf(findings: readonly Finding[]): Answer {
  const verdicts = findings.flatMap(({ verdict }) => verdict ?? []);
  const tested = verdicts.filter((verdict) => verdict !== 'not-applicable');
  const [first] = tested;
  if (first === undefined)
    return verdicts.length > 0 ? { kind: 'one', verdict: 'not-applicable' } : { kind: 'none' };
  if (tested.length === 1) return { kind: 'one', verdict: first };
  const confirmed = tested.filter((verdict) => verdict === 'confirmed').length;
  return { kind: 'several', confirmed, of: tested.length };
}
