// Every check, one line each; the last line counts them. Static checks count as one test each.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const reports = join(root, 'node_modules', '.cache', 'rooflab-tests');

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} script one of package.json's
 * @property {string} [args] more arguments for it
 * @property {Record<string, string>} [env]
 * @property {(output: string, exitCode: number) => Counts} count
 */

/** @param {string} _ @param {number} exitCode @returns {Counts} */
const one = (_, exitCode) => ({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 });

/** @param {string} name */
const reportFile = (name) => join(reports, `${name}.json`);

/** @param {string} name */
const readReport = (name) => {
  try {
    return JSON.parse(readFileSync(reportFile(name), 'utf8'));
  } catch {
    return {};
  }
};

/** A runner that exits with an error, or ran nothing, has failed even when no single test did.
 * @param {Counts} counts @param {number} exitCode @returns {Counts} */
const atLeastOne = ({ passed, failed, skipped }, exitCode) => {
  const silentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: silentFailure ? 1 : failed, skipped };
};

/** @param {string} project @returns {Step} */
const vitest = (project) => ({
  name: project === 'node' ? 'unit' : project,
  script: project === 'node' ? 'unit' : project,
  args: `--reporter=default --reporter=json --outputFile.json=${reportFile(project)}`,
  count: (_, exitCode) => {
    const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = readReport(project);
    return atLeastOne({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }, exitCode);
  },
});

/** @type {Step[]} */
const steps = [
  { name: 'types', script: 'types', count: one },
  { name: 'lint', script: 'lint', count: one },
  {
    name: 'import directions',
    script: 'imports',
    // With a parser that it cannot use the tool reads nothing and is content.
    count: (output, exitCode) => one(output, exitCode || (/\([1-9]\d* modules/.test(output) ? 0 : 1)),
  },
  { name: 'dead code', script: 'unused', count: one },
  vitest('node'),
  vitest('gpu'),
  {
    name: 'end to end',
    script: 'e2e',
    args: '--reporter=list,json',
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile('e2e') },
    count: (_, exitCode) => {
      const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport('e2e').stats ?? {};
      return atLeastOne({ passed: expected + flaky, failed: unexpected, skipped }, exitCode);
    },
  },
];

/** @param {Step} step */
const commandOf = ({ script, args }) => [scripts[script], args].filter(Boolean).join(' ');

/**
 * @param {Step} step
 * @returns {Promise<{ output: string, exitCode: number }>}
 */
function run(step) {
  const env = {
    ...process.env,
    ...step.env,
    PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  };
  const child = spawn(commandOf(step), { cwd: root, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve) => {
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.on('close', (code) => resolve({ output, exitCode: code ?? 1 }));
  });
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const start = performance.now();
  process.stdout.write(`${step.name.padEnd(18)} `);
  const { output, exitCode } = await run(step);
  const { passed, failed, skipped } = step.count(output, exitCode);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = `${passed} passed${failed ? `, ${failed} FAILED` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  console.log(`${seconds.padStart(6)} s  ${counts}`);
  if (failed > 0) console.log(`\n$ ${commandOf(step)}\n${output.trimEnd()}\n`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
