/** What a text field holds: a value, or what is wrong with the text in words for the field's message. */
export type Parsed<T> =
  | { readonly value: T; readonly problem?: never }
  | { readonly problem: string; readonly value?: never };

const MAX_BATCH = 65_536;
const MAX_BATCHES = 32;
const RANGE = /^(\d+)(?:…|\.{2,3}|-|–)(\d+)$/;

function doublings(from: number, to: number): number[] {
  const batches: number[] = [];
  for (let batch = from; batch < to; batch *= 2) batches.push(batch);
  return [...batches, to];
}

/** Reads `1 … 64` (doubling from 1 to 64), `1, 2, 6`, or any mix of them; ascending, without repeats. */
export function parseBatches(text: string): Parsed<number[]> {
  const parts = text
    .replace(/\s*(…|\.{2,3}|-|–)\s*/g, '$1')
    .split(/[,;\s]+/)
    .filter(Boolean);
  if (parts.length === 0) return { problem: 'Give at least one batch size, such as 1 … 64.' };
  const batches = new Set<number>();
  for (const part of parts) {
    const range = RANGE.exec(part);
    const [from, to] = range ? [Number(range[1]), Number(range[2])] : [Number(part), Number(part)];
    if (!Number.isInteger(from) || from < 1 || !Number.isInteger(to)) {
      return { problem: `“${part}” is not a batch size: write 1, 2, 4 or 1 … 64.` };
    }
    if (to < from) return { problem: `“${part}” runs backwards.` };
    if (to > MAX_BATCH) return { problem: `The largest batch size is ${MAX_BATCH}.` };
    for (const batch of doublings(from, to)) batches.add(batch);
  }
  if (batches.size > MAX_BATCHES) return { problem: `At most ${MAX_BATCHES} batch sizes in a run.` };
  return { value: [...batches].sort((a, b) => a - b) };
}

/** The shortest text that `parseBatches` reads back to the same list. */
export function formatBatches(batches: readonly number[]): string {
  const [first, last] = [batches[0], batches.at(-1)];
  if (first === undefined || last === undefined) return '';
  const whole = doublings(first, last);
  const same = whole.length === batches.length && whole.every((batch, i) => batch === batches[i]);
  return same && batches.length > 2 ? `${first} … ${last}` : batches.join(', ');
}

/** Reads `1237x3001`, `1237 × 3001` or `1237, 3001` as one size for each of `dims`. */
export function parseShape(text: string, dims: readonly string[]): Parsed<number[]> {
  const sizes = text
    .trim()
    .split(/\s*[x×*,\s]\s*/i)
    .filter(Boolean)
    .map(Number);
  if (sizes.length !== dims.length) return { problem: `Write ${dims.join(' × ')}.` };
  if (!sizes.every((size) => Number.isInteger(size) && size >= 1)) {
    return { problem: 'Sizes are whole numbers from 1.' };
  }
  return { value: sizes };
}

/** Reads a number above zero; `unit` names it in the message. */
export function parsePositive(text: string, unit: string): Parsed<number> {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    return { problem: `Give a number of ${unit} above 0.` };
  }
  return { value };
}

export function parseWhole(text: string, what: string): Parsed<number> {
  const value = Number(text.trim());
  if (!Number.isInteger(value) || value < 1) return { problem: `${what}: a whole number from 1.` };
  return { value };
}
