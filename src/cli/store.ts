import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  type CaseResult,
  CaseSchema,
  type Environment,
  EnvironmentSchema,
  LabError,
  parseSpec,
  type RunSpec,
} from '../core/contract';
import { parseJson } from './files';

const RESULTS = 'results';
const SPEC = 'spec.json';
const ENVIRONMENT = 'environment.json';
const CASES = 'cases.jsonl';
const RESULT = 'result.json';

/** A run's folder: each finished case is in it at once, so that a crash loses at most the case in flight. */
export interface Store {
  readonly folder: string;
  addCase(result: CaseResult): void;
  /** Where the cases are measured. */
  setEnvironment(environment: Environment): void;
  write(file: string, content: string): string;
}

/** A run that an earlier attempt has begun. */
export interface Saved {
  readonly store: Store;
  readonly spec: RunSpec;
  readonly cases: readonly CaseResult[];
  /** Where those cases were measured; null while there are none. */
  readonly environment: Environment | null;
}

const toText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function openStore(folder: string): Store {
  /** Under another name first: whoever reads the file finds the old content or the new, never half of it. */
  const write = (file: string, content: string) => {
    const path = join(folder, file);
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
    return path;
  };
  return {
    folder,
    write,
    setEnvironment: (environment) => void write(ENVIRONMENT, toText(environment)),
    addCase: (result) => appendFileSync(join(folder, CASES), `${JSON.stringify(result)}\n`),
  };
}

/** @param folder default: `results/<time>` */
export function createStore(spec: RunSpec, folder?: string): Store {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const store = openStore(folder ?? join(RESULTS, time));
  mkdirSync(store.folder, { recursive: true });
  store.write(SPEC, toText(spec));
  store.write(CASES, '');
  return store;
}

/**
 * Cases saved so far, each as it was last measured. A line that a crash cut off is left out, and interrupted
 * cases are to be run again.
 */
function finishedCases(folder: string): CaseResult[] {
  const file = join(folder, CASES);
  if (!existsSync(file)) return [];
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [v.parse(CaseSchema, JSON.parse(line))];
      } catch {
        return [];
      }
    });
  const latest = new Map(cases.map((result) => [result.id, result]));
  return [...latest.values()].filter(({ outcome }) => outcome.status !== 'interrupted');
}

const OutcomesSchema = v.object({
  cases: v.array(v.object({ outcome: v.object({ status: v.string() }) })),
});

/** A folder is unfinished when it has no whole result, or one with cases that were interrupted. */
function isUnfinished(folder: string): boolean {
  if (!existsSync(join(folder, SPEC))) return false;
  try {
    const { cases } = v.parse(OutcomesSchema, JSON.parse(readFileSync(join(folder, RESULT), 'utf8')));
    return cases.some(({ outcome }) => outcome.status === 'interrupted');
  } catch {
    return true;
  }
}

/** @throws LabError `bad-result` when there are cases of which nobody knows where they were measured. */
function savedEnvironment(folder: string, cases: readonly CaseResult[]): Environment | null {
  if (cases.length === 0) return null;
  const path = join(folder, ENVIRONMENT);
  const value = existsSync(path) ? parseJson(readFileSync(path, 'utf8'), path) : null;
  const environment = v.safeParse(EnvironmentSchema, value);
  if (environment.success) return environment.output;
  throw new LabError(
    'bad-result',
    `${path} does not say where the cases were measured.`,
    'Start a run without --resume.',
  );
}

/** @throws LabError `bad-spec` when there is nothing to go on with, `bad-result` for a file that is broken. */
export function resumeStore(folder?: string): Saved {
  const names = existsSync(RESULTS) ? readdirSync(RESULTS).sort().reverse() : [];
  const found = folder ?? names.map((name) => join(RESULTS, name)).find(isUnfinished);
  if (!found || !existsSync(join(found, SPEC))) {
    throw new LabError(
      'bad-spec',
      found ? `${found} holds no ${SPEC}.` : `There is no unfinished run in ${RESULTS}/.`,
      'Start a run without --resume, or name its folder: --resume DIR.',
    );
  }
  const path = join(found, SPEC);
  const spec = parseSpec(parseJson(readFileSync(path, 'utf8'), path));
  const cases = finishedCases(found);
  const environment = savedEnvironment(found, cases);
  // Ends a line that a crash has cut off.
  appendFileSync(join(found, CASES), '\n');
  return { store: openStore(found), spec, cases, environment };
}
