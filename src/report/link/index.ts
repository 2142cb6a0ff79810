import { LabError, parseResult, type RunResult } from '../../core/contract';
import { compress, decompress, MAX_PAYLOAD } from './bytes';
import { fromColumns, type Json, toColumns } from './columns';
import { summarise, withoutHistograms, withoutUnattempted } from './summary';

const LINK_VERSION = 1;
/** Payloads over this many characters are made shorter: some chats and proxies cut longer addresses. */
const COMFORTABLE = 32 * 1024;

/** The result as the fragment of an address, without `#`: the link version, a dot, and the packed summary. */
export function encodeLink(result: RunResult): string {
  return pack(summarise(result));
}

function pack(summary: RunResult): string {
  const json: Json = JSON.parse(JSON.stringify(summary));
  return `${LINK_VERSION}.${compress(JSON.stringify(toColumns(json)))}`;
}

/** Whether a fragment claims to hold a result; it may still be malformed. */
export function isLink(fragment: string): boolean {
  return /^#?\d+\./.test(fragment);
}

/**
 * Reads a fragment, with or without its `#`, from an untrusted address.
 * @throws LabError `bad-link` or `newer-version`, and nothing else.
 */
export function decodeLink(fragment: string): RunResult {
  const [, version, payload] = /^#?(\d{1,9})\.(.*)$/s.exec(fragment) ?? [];
  if (payload === undefined) throw badLink('it does not begin with a version');
  if (Number(version) > LINK_VERSION) {
    throw new LabError(
      'newer-version',
      `This link has format version ${version}.`,
      'Open it with a newer Rooflab.',
    );
  }
  if (Number(version) !== LINK_VERSION) throw badLink(`there is no link version ${version}`);
  try {
    return parseResult(fromColumns(JSON.parse(decompress(payload))));
  } catch (error) {
    if (error instanceof LabError && error.code === 'newer-version') throw error;
    throw badLink(error instanceof Error ? error.message : String(error), error);
  }
}

function badLink(reason: string, cause?: unknown): LabError {
  return new LabError(
    'bad-link',
    `This link cannot be read: ${reason}.`,
    'Check that it was copied whole, or ask for the result as a JSON file and import that.',
    { cause },
  );
}

/** A link and, where something had to be left out to keep it short, a sentence that says what. */
export interface Link {
  readonly url: string;
  readonly note: string | null;
}

/**
 * A link that opens the result read-only.
 * @param baseUrl address of the page; a fragment that it has is replaced.
 * @throws LabError `limit-exceeded` when the result fits into no link.
 */
export function linkFor(result: RunResult, baseUrl: string): Link {
  const base = baseUrl.replace(/#.*$/s, '');
  const whole = summarise(result);
  const plain = withoutHistograms(whole);
  const attempted = withoutUnattempted(plain);
  const left = plain.cases.length - attempted.cases.length;
  const attempts = [
    { payload: pack(whole), note: null },
    { payload: pack(plain), note: 'The link leaves out the distributions.' },
    ...(left > 0
      ? [
          {
            payload: pack(attempted),
            note: `The link leaves out the distributions and ${left} interrupted or unsupported cases.`,
          },
        ]
      : []),
  ];
  const link =
    attempts.find(({ payload }) => payload.length <= COMFORTABLE) ??
    attempts.findLast(({ payload }) => payload.length <= MAX_PAYLOAD);
  if (link) return { url: `${base}#${link.payload}`, note: link.note };
  throw new LabError(
    'limit-exceeded',
    `The result is too large for a link: its shortest form exceeds ${MAX_PAYLOAD} characters.`,
    'Export it as JSON or HTML and send the file.',
  );
}
