import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from './errors';
import { goldenV1 } from './golden';
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

const text = readFileSync(new URL('../../../docs/result-format.md', import.meta.url), 'utf8');

it('docs/result-format.md names every field and word of the format', () => {
  const named = new Set(text.match(/[\w./-]*\w/g)?.flatMap((word) => [word, ...word.split('.')]));
  const listed = new Set<string>([...ERROR_CODES, ...WARNING_CODES]);
  const all = new Set(words(RunResultSchema as unknown as Node).filter((word) => !listed.has(word)));
  expect(all.size).toBeGreaterThan(100);
  expect([...all].filter((word) => !named.has(word))).toEqual([]);
});

it('docs/result-format.md names what the cases of the golden file are told apart by', () => {
  const { id, cases } = goldenV1();
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const { load, options } of cases) {
    for (const word of [load, ...Object.keys(options)]) expect(text).toContain(`\`${word}\``);
  }
});
