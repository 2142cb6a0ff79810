import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from './errors';
import { RunResultSchema, WARNING_CODES } from './result';

/** A schema as far as this walk looks into it. */
interface Node {
  readonly type?: string;
  readonly literal?: unknown;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly value?: Node;
  readonly options?: readonly unknown[];
}

/** Every field and every fixed word of a schema. */
function words(node: Node): string[] {
  const fields = Object.entries(node.entries ?? {}).flatMap(([name, field]) => [name, ...words(field)]);
  const inner = [node.item, node.wrapped, node.type === 'record' ? node.value : undefined]
    .filter((one) => one !== undefined)
    .flatMap(words);
  const options = (node.options ?? []).flatMap((one) =>
    typeof one === 'string' ? [one] : words(one as Node),
  );
  const literal = typeof node.literal === 'string' ? [node.literal] : [];
  return [...fields, ...inner, ...options, ...literal];
}

it('docs/result-format.md names every field and word of the format', () => {
  const text = readFileSync(new URL('../../../docs/result-format.md', import.meta.url), 'utf8');
  const named = new Set(text.match(/[\w./-]*\w/g)?.flatMap((word) => [word, ...word.split('.')]));
  const listed = new Set<string>([...ERROR_CODES, ...WARNING_CODES]);
  const all = new Set(words(RunResultSchema as unknown as Node).filter((word) => !listed.has(word)));
  expect(all.size).toBeGreaterThan(100);
  expect([...all].filter((word) => !named.has(word))).toEqual([]);
});
