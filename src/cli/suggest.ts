import { LabError } from '../core/contract';

/** Levenshtein's distance: single-character insertions, deletions and substitutions from `a` to `b`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substituted));
    }
    row = next;
  }
  return row.at(-1)!;
}

/** The known ids that were probably meant, nearest first. */
export function suggest(word: string, known: readonly string[]): string[] {
  return known
    .map((id) => ({
      id,
      distance: id.startsWith(word) ? 0 : editDistance(word.toLowerCase(), id.toLowerCase()),
    }))
    .filter(({ distance, id }) => distance <= Math.max(2, Math.floor(id.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .map(({ id }) => id)
    .slice(0, 3);
}

/** @throws LabError `bad-spec` naming what was probably meant, or everything there is. */
export function checkId(kind: string, id: string, known: readonly string[], otherwise = ''): void {
  if (known.includes(id)) return;
  const near = suggest(id, known);
  const next = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are: ${known.join(', ')}.`;
  throw new LabError('bad-spec', `There is no ${kind} called “${id}”.`, `${next}${otherwise}`);
}
