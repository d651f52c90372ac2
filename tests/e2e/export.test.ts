import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionResponse } from '#lib/core/contract/sessions.ts';
import { type App, removeData, startApp } from '#tests/support/app.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { until } from '#tests/support/context.ts';
import { readSheets } from '#tests/support/export.ts';

let app: App;
let browser: Browser;
let page: Page;
let id: string;
beforeAll(async () => {
  app = await startApp();
  browser = await openBrowser();
  id = await uploadSample();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  page = await context.newPage();
  await page.goto(`${app.url}/sessions/${id}`);
  // Drawn by the browser alone: keys are heard by then.
  await page.locator('[data-page] canvas').first().waitFor();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeData(app);
});

async function uploadSample(): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([await readFile('samples/loan-packet.pdf')]), 'loan-packet.pdf');
  form.append('schema', 'loan-accounts');
  const sent = await fetch(`${app.url}/api/sessions`, { method: 'POST', body: form });
  const { session } = sessionResponse.parse(await sent.json());
  await until(
    async () => sessionResponse.parse(await (await fetch(`${app.url}/api/sessions/${session.id}`)).json()),
    ({ session: { status } }) => status !== 'processing',
    60_000,
  );
  return session.id;
}

/** Opens the menu by its key and chooses what stands so far below its top. */
async function exportByKeys(below: number) {
  await page.keyboard.press('x');
  await page.getByRole('menu').waitFor();
  await page.getByRole('menuitem', { name: 'Excel' }).and(page.locator(':focus')).waitFor();
  for (let step = 0; step < below; step++) await page.keyboard.press('ArrowDown');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const file = await download;
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

describe('the export calls of the API', () => {
  const ask = (path: string, init?: RequestInit) => fetch(`${app.url}/api/sessions/${path}`, init);

  it.each([
    ['one session', () => ask(`${id}/export`)],
    ['ids', () => ask(`export?ids=${id}`)],
    ['a filter', () => ask('export?schema=loan-accounts&status=in_progress&q=packet')],
    [
      'many ids in a body',
      () => ask('export', { method: 'POST', body: JSON.stringify({ ids: [id], format: 'json' }) }),
    ],
    ['a filter in a body', () => ask('export', { method: 'POST', body: '{"filter": {"schema": "loan-accounts"}}' })],
  ])('give a file to save, for %s', async (_, asked) => {
    const answer = await asked();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=.+\.json$/);
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
    const { sessions, manifest } = await answer.json();
    expect(sessions).toMatchObject([{ id, accounts: [{}, {}, {}] }]);
    expect(manifest.complete).toBe(true);
  });

  it('say what is wrong', async () => {
    const refusal = async (path: string) => {
      const answer = await ask(path);
      return [answer.status, (await answer.json()).error.code];
    };
    expect(await refusal('nonsense/export')).toEqual([404, 'unknown_session']);
    expect(await refusal('export?q=nothing-is-called-so')).toEqual([404, 'no_sessions']);
    expect(await refusal(`${id}/export?format=pdf`)).toEqual([400, 'invalid']);
    expect(await refusal(`${id}/export?format=csv&detail=full`)).toEqual([400, 'no_such_detail']);
    expect(await refusal('export?stauts=failed')).toEqual([400, 'invalid']);
  });
});

describe('the export menu of the review', () => {
  it('saves a workbook by keyboard alone, and says so', async () => {
    const { name, content } = await exportByKeys(0);
    expect(name).toBe('loan-packet.xlsx');
    expect([...(await readSheets(content)).keys()]).toEqual([
      'Loan accounts',
      'Payments',
      'Problems',
      'About this export',
    ]);
    await page.getByText(/^loan-packet\.xlsx, /).waitFor();
  });

  it('saves JSON with evidence', async () => {
    const { name, content } = await exportByKeys(3);
    expect(name).toBe('loan-packet.json');
    const { sessions } = JSON.parse(content.toString('utf8'));
    expect(sessions[0].accounts).toHaveLength(3);
    expect(sessions[0].accounts[0].fields[0].evidence).not.toBeNull();
  });

  it('closes on Escape and gives the focus back', async () => {
    await page.getByRole('button', { name: 'Export' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(page.url()).toContain(id);
    await page.locator('button:focus', { hasText: 'Export' }).waitFor();
  });

  it('can be used by everybody', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menu').waitFor();
    const { violations } = await new AxeBuilder({ page }).include('[role=menu]').analyze();
    expect(violations).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('says why the server refuses', async () => {
    await page.route('**/export?*', async (route) => {
      await fetch(`${app.url}/api/sessions/${id}`, { method: 'DELETE' });
      await route.continue();
    });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    await page.getByText(`There is no session "${id}"`).waitFor();
  });
});
