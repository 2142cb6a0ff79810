/** Markup that is safe to put into a page as it stands. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | null | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return String(part).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/**
 * HTML or SVG from a template. Whatever is put in is escaped, for text and for quoted attributes, unless it is
 * markup already; lists are joined, null is nothing.
 */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    template.map((text, i) => (i === 0 ? text : render(parts[i - 1] ?? null) + text)).join(''),
  );
}

/** A document as a data block of a page: valid JSON without any character that could end the block. */
export function dataBlock(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return new Markup(`<script type="application/json" id="${id}">${json}</script>`);
}
