import { readFile } from 'node:fs/promises';
import { LabError, parseResult, type RunResult } from '../core/contract';

/** @throws LabError `bad-result` when there is no such file or it is not JSON */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new LabError('bad-result', `${path} cannot be read.`, 'Check the path.', { cause: error });
  }
  return parseJson(text, path);
}

/** @throws LabError `bad-result` when the text of that file is not JSON */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError('bad-result', `${path} is not JSON: ${reason}`, 'Check that the file is complete.');
  }
}

/** @throws LabError `bad-result` or `newer-version` */
export async function readResult(path: string): Promise<RunResult> {
  return parseResult(await readJson(path));
}
