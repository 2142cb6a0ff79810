import type { RunResult } from '../result';
import text from './result-v1.json?raw';

/** A fresh copy of the golden file of format version 1, as it stands on disk: not parsed, free to be changed. */
export function goldenV1(): RunResult {
  return JSON.parse(text);
}
