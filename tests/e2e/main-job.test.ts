import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, removeData, startApp } from '#tests/support/app.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { goldAnswer, type ModelServer, startModelServer } from '#tests/support/model-server.ts';

const invoice = `Invoice

Invoice number: INV-2031
Invoice date: 2025-03-14
Grand total: $120.00
`;

let model: ModelServer;
let modelRefuses = true;
let app: App;
let browser: Browser;
let files: string;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  model = await startModelServer({
    answer: (call) =>
      modelRefuses ? { status: 401 } : { answer: goldAnswer({ reference: 'R-9', amount: 12.5 }, call.pageText) },
  });
  // Both engines in one installation: the schema says which.
  app = await startApp({ OPENAI_BASE_URL: model.baseURL, MODEL: 'test-model' });
  await put('plain-invoice', { name: 'Plain invoice', engine: 'builtin', fields: invoiceFields });
  await put('order', { name: 'Order', engine: 'model', fields: orderFields });
  browser = await openBrowser();
  files = await mkdtemp(join(tmpdir(), 'sluice-e2e-'));
  await writeFile(join(files, 'invoice.txt'), invoice);
  await writeFile(join(files, 'order.csv'), 'Reference,Amount\nR-9,12.50\n');
  await writeFile(join(files, 'empty.txt'), '');
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeData(app);
  await model.close();
  await rm(files, { recursive: true });
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  complaints.length = 0;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterEach(async () => {
  await context.close();
});

const invoiceFields = {
  type: 'object',
  required: ['Invoice_Number'],
  properties: {
    Invoice_Number: { type: 'string', 'x-aliases': ['Invoice number'] },
    Invoice_Date: { type: 'string', format: 'date' },
    Grand_Total: { type: 'number' },
  },
};
const orderFields = { type: 'object', properties: { reference: { type: 'string' }, amount: { type: 'number' } } };

async function put(slug: string, definition: object): Promise<void> {
  const response = await fetch(`${app.url}/api/schemas/${slug}`, { method: 'PUT', body: JSON.stringify(definition) });
  if (!response.ok) throw new Error(await response.text());
}

async function fillForm(schema: string, ...names: string[]): Promise<void> {
  await page.goto(`${app.url}/sessions/new`);
  await page.locator('input[type=file]').setInputFiles(names.map((name) => join(files, name)));
  await page.locator(`input[name=schema][value=${schema}]`).check({ force: true });
}

const rowOf = (name: string) => page.locator('tbody tr').filter({ hasText: name }).first();

async function expectNoViolation(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

describe('the main job in a real browser', () => {
  it('goes from the form to All Sessions at once, runs live, and shows the values', async () => {
    await fillForm('plain-invoice', 'invoice.txt');
    await page.getByRole('button', { name: 'Start Extraction' }).click();
    await page.waitForURL(`${app.url}/sessions`);
    // No reload: the row comes to its end by itself.
    await rowOf('invoice.txt').getByText('In Progress', { exact: true }).waitFor();
    await rowOf('invoice.txt').getByRole('link').first().click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}/);
    await page.getByText('INV-2031').first().waitFor();
    await page.getByText('2025-03-14').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows why a session failed, and Retry finishes it without a reload', async () => {
    modelRefuses = true;
    await fillForm('order', 'order.csv');
    await page.getByRole('button', { name: 'Start Extraction' }).click();
    await page.waitForURL(`${app.url}/sessions`);
    const row = rowOf('order.csv');
    await row.getByText('Failed', { exact: true }).waitFor();
    await row
      .getByText(/refused the key/)
      .filter({ visible: true })
      .first()
      .waitFor();
    modelRefuses = false;
    await row.getByRole('button', { name: /Retry/ }).click();
    await row.getByText('In Progress', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('tells on the form what is wrong, and stores nothing', async () => {
    const before = await sessionCount();
    await fillForm('plain-invoice', 'empty.txt');
    await page.getByText(/empty/i).first().waitFor();
    const button = page.getByRole('button', { name: 'Start Extraction' });
    if (await button.isEnabled()) await button.click();
    await page.getByText(/empty/i).first().waitFor();
    expect(page.url()).toContain('/sessions/new');
    expect(await sessionCount()).toBe(before);
  });

  it('works without JavaScript', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const form = await plain.newPage();
    await form.goto(`${app.url}/sessions/new`);
    await form.locator('input[type=file]').setInputFiles(join(files, 'invoice.txt'));
    await form.locator('input[name=schema][value=plain-invoice]').check({ force: true });
    await form.locator('input[name=name]').fill('Sent without a script');
    await form.getByRole('button', { name: 'Start Extraction' }).click();
    await form.waitForURL(`${app.url}/sessions`);
    await form.locator('[data-session-rows]').getByText('Sent without a script').first().waitFor();
    await plain.close();
  });

  it('starts the sample with one click', async () => {
    await page.goto(`${app.url}/sessions/new`);
    await page.getByRole('button', { name: /sample/i }).click();
    await page.waitForURL(`${app.url}/sessions`);
    await rowOf('Sample loan packet').waitFor();
  });

  it('keeps up after the web server was started again', async () => {
    await page.goto(`${app.url}/sessions`);
    const web = [...app.output().matchAll(/"name":"web","pid":(\d+)/g)].at(-1)?.[1];
    // However soon the server is back, this tab's stream is not until the banner was seen.
    await page.route('**/api/events', (route) => route.abort());
    process.kill(Number(web), 'SIGKILL');
    await page
      .getByText(/reconnecting/i)
      .first()
      .waitFor();
    await page.unroute('**/api/events');
    await page
      .getByText(/reconnecting/i)
      .first()
      .waitFor({ state: 'hidden' });
    const form = new FormData();
    form.append('files', new Blob([`${invoice}\nafter the restart`]), 'after-restart.txt');
    form.append('schema', 'plain-invoice');
    await fetch(`${app.url}/api/sessions`, { method: 'POST', body: form });
    await rowOf('after-restart.txt').getByText('In Progress', { exact: true }).waitFor();
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${app.url}/sessions`);
    await rowOf('invoice.txt').waitFor();
    await expectNoViolation();
    await rowOf('invoice.txt').getByRole('link').first().click();
    await page.getByText('INV-2031').first().waitFor();
    await expectNoViolation();
    await page.goto(`${app.url}/sessions/new`);
    await page.getByRole('button', { name: 'Start Extraction' }).waitFor();
    await expectNoViolation();
    await page.goto(`${app.url}/schemas`);
    await page.getByText('Loan accounts').first().waitFor();
    await expectNoViolation();
  });
});

async function sessionCount(): Promise<number> {
  const { count } = await (await fetch(`${app.url}/api/sessions`)).json();
  return count.number;
}
