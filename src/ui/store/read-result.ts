import { LabError, parseResult, type RunResult } from '../../core';

const RESULT_FILE = /\.(json|html)$/i;

/** Whether a file may be a result, by its name. */
export function holdsResult({ name }: File): boolean {
  return RESULT_FILE.test(name);
}

/**
 * The result in a result.json or in an HTML report.
 * @throws LabError `bad-result` or `newer-version`.
 */
export async function readResult(file: File): Promise<RunResult> {
  const text = await file.text();
  if (/\.html$/i.test(file.name)) {
    const { resultInHtml } = await import('../../report/html');
    return resultInHtml(text);
  }
  try {
    return parseResult(JSON.parse(text));
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw new LabError(
      'bad-result',
      'The file is not JSON, or it is cut off.',
      'Choose a result.json written by `rooflab run` or exported from the page.',
      { cause: error },
    );
  }
}
