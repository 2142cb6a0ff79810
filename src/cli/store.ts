import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type CaseResult, CaseSchema, LabError, parseSpec, type RunSpec } from '../core/contract';

const RESULTS = 'results';
const SPEC = 'spec.json';
const CASES = 'cases.jsonl';
const RESULT = 'result.json';

/** A run's folder: each finished case is in it at once, so that a crash loses at most the case in flight. */
export interface Store {
  readonly folder: string;
  addCase(result: CaseResult): void;
  write(file: string, content: string): string;
}

function openStore(folder: string): Store {
  return {
    folder,
    addCase: (result) => appendFileSync(join(folder, CASES), `${JSON.stringify(result)}\n`),
    write(file, content) {
      const path = join(folder, file);
      writeFileSync(path, content);
      return path;
    },
  };
}

/** @param folder default: `results/<time>` */
export function createStore(spec: RunSpec, folder?: string): Store {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const store = openStore(folder ?? join(RESULTS, time));
  mkdirSync(store.folder, { recursive: true });
  store.write(SPEC, `${JSON.stringify(spec, null, 2)}\n`);
  store.write(CASES, '');
  return store;
}

/** Cases saved so far; a line that a crash cut off is left out, and interrupted cases are to be run again. */
function finishedCases(folder: string): CaseResult[] {
  const file = join(folder, CASES);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [v.parse(CaseSchema, JSON.parse(line))];
      } catch {
        return [];
      }
    })
    .filter(({ outcome }) => outcome.status !== 'interrupted');
}

/** A folder is unfinished when it has no result, or one with cases that were interrupted. */
function isUnfinished(folder: string): boolean {
  if (!existsSync(join(folder, SPEC))) return false;
  if (!existsSync(join(folder, RESULT))) return true;
  const { cases = [] } = JSON.parse(readFileSync(join(folder, RESULT), 'utf8'));
  return cases.some((result: Partial<CaseResult>) => result.outcome?.status === 'interrupted');
}

/** @throws LabError `bad-spec` when there is nothing to go on with. */
export function resumeStore(folder?: string): { store: Store; spec: RunSpec; cases: CaseResult[] } {
  const names = existsSync(RESULTS) ? readdirSync(RESULTS).sort().reverse() : [];
  const found = folder ?? names.map((name) => join(RESULTS, name)).find(isUnfinished);
  if (!found || !existsSync(join(found, SPEC))) {
    throw new LabError(
      'bad-spec',
      found ? `${found} holds no ${SPEC}.` : `There is no unfinished run in ${RESULTS}/.`,
      'Start a run without --resume, or name its folder: --resume DIR.',
    );
  }
  const spec = parseSpec(JSON.parse(readFileSync(join(found, SPEC), 'utf8')));
  const cases = finishedCases(found);
  // Ends a line that a crash has cut off.
  appendFileSync(join(found, CASES), '\n');
  return { store: openStore(found), spec, cases };
}
