import * as v from 'valibot';
import { LabError, RunResultSchema, RunSpecSchema } from '../../core/contract';
import type { ReportId } from '../../report';
import { EXIT } from '../exit';
import { readJson, readResult } from '../files';
import { shareLink } from '../links';
import { render } from '../reports';

/** `rooflab report RESULT.json --format F`: to stdout. */
export async function report(file: string, flags: { readonly format: ReportId }): Promise<void> {
  process.stdout.write(render(flags.format, await readResult(file)));
}

/** `rooflab link RESULT.json`: the address to stdout, where it opens and what it leaves out to stderr. */
export async function link(file: string, flags: { readonly pageUrl: string }): Promise<void> {
  const { url, notes } = shareLink(await readResult(file), flags.pageUrl);
  console.log(url);
  for (const note of notes) console.error(note);
}

const SCHEMAS = { 'rooflab.result': RunResultSchema, 'rooflab.spec': RunSpecSchema };

/** `rooflab validate FILE`: `ok`, or each problem on a line. */
export async function validate(file: string): Promise<number> {
  const value = await readJson(file);
  const named = v.safeParse(v.object({ schema: v.picklist(['rooflab.result', 'rooflab.spec']) }), value);
  if (!named.success) {
    throw new LabError(
      'bad-result',
      `${file} does not say what it is.`,
      'Its field `schema` must be rooflab.result or rooflab.spec.',
    );
  }
  const parsed = v.safeParse(SCHEMAS[named.output.schema], value);
  if (parsed.success) {
    console.log('ok');
    return EXIT.done;
  }
  for (const issue of parsed.issues) console.log(`${v.getDotPath(issue) ?? '(root)'}: ${issue.message}`);
  return EXIT.badInput;
}
