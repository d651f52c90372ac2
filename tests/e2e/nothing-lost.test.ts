import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { resultsResponse } from '#lib/core/contract/results.ts';
import { sessionResponse } from '#lib/core/contract/sessions.ts';
import { until } from '#tests/support/context.ts';
import { openScreen } from '#tests/support/screen.ts';

const screen = openScreen({}, () => call('/api/schemas/bill', { method: 'PUT', body: JSON.stringify(bill) }));
const call = (path: string, init?: RequestInit) => screen.call(path, init);
const bill = {
  name: 'Bill',
  fields: {
    type: 'object',
    required: ['Street'],
    properties: {
      Reference: { type: 'string' },
      Total: { type: 'number' },
      Street: { type: 'string' },
      Lines: {
        type: 'array',
        items: {
          type: 'object',
          properties: { Item: { type: 'string' }, Unit: { type: 'string' }, Price: { type: 'number' } },
        },
      },
      Fees: { type: 'array', items: { type: 'object', properties: { Name: { type: 'string' } } } },
    },
  },
};
const text = (reference: string) =>
  `Bill\nReference: ${reference}\nTotal: 35.00\nStreet: Bahnstr. 9\n\nItem      Price\nChair     10.00\nTable     25.00\n`;

async function newSession(reference: string): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([text(reference)]), `${reference}.txt`);
  form.append('schema', 'bill');
  const { session } = sessionResponse.parse(await call('/api/sessions', { method: 'POST', body: form }));
  await until(
    () => statusOf(session.id),
    (status) => status === 'in_progress',
  );
  return session.id;
}

const statusOf = async (id: string) => sessionResponse.parse(await call(`/api/sessions/${id}`)).session.status;
const dataOf = async (id: string) =>
  resultsResponse.parse(await call(`/api/sessions/${id}/results`)).accounts[0]?.data ?? {};
const saving = (page: Page, state: string) => page.locator(`[data-saving="${state}"]`).waitFor();
const field = (label: string, on = screen.page) => on.locator(`[data-field][aria-label^="${label}"]`).first();
const focusedLabel = () => screen.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

async function open(id: string, query = ''): Promise<void> {
  await screen.page.goto(`${screen.app.url}/sessions/${id}${query}`);
  await screen.page.locator('[data-field]:focus').waitFor();
}

async function typeInto(label: string, value: string): Promise<void> {
  await field(label).click();
  await screen.page.keyboard.press('e');
  await screen.page.getByLabel(`${label}: new value`).fill(value);
  await screen.page.keyboard.press('Enter');
}

describe('an edit', () => {
  it('made while the server is away is kept, shown as not saved, and sent when it is back, also by another page', async () => {
    const id = await newSession('A-1');
    await open(id);
    await saving(screen.page, 'saved');
    await screen.page.route('**/edits', (route) => route.abort());
    await typeInto('Total', '36');
    await saving(screen.page, 'waiting');
    await typeInto('Reference', 'A-2');
    await screen.page.getByText('2 changes not saved').waitFor();
    expect(await dataOf(id)).toMatchObject({ Total: 35, Reference: 'A-1' });

    // Nothing is verified without them.
    await screen.page.getByRole('button', { name: 'Verify' }).click();
    await screen.page.getByText('Some changes are not saved yet').waitFor();
    expect(await statusOf(id)).toBe('in_progress');

    // The tab is closed over it; the next page of this browser sends them.
    screen.page.once('dialog', (dialog) => void dialog.accept());
    await screen.page.goto(`${screen.app.url}/schemas`);
    await screen.page.unroute('**/edits');
    await screen.page.reload();
    await until(
      () => dataOf(id),
      (data) => data.Total === 36 && data.Reference === 'A-2',
    );
  });

  it('of which the answer is lost is done once', async () => {
    const id = await newSession('B-1');
    await open(id);
    let isLost = false;
    await screen.page.route('**/edits', async (route) => {
      if (isLost) return route.continue();
      isLost = true;
      await route.fetch();
      return route.abort();
    });
    await typeInto('Total', '40');
    await saving(screen.page, 'saved');
    await screen.page.unroute('**/edits');
    expect(await dataOf(id)).toMatchObject({ Total: 40 });
    const history = JSON.stringify(await call(`/api/sessions/${id}/history`));
    expect(history.match(/"kind":"set"/g)).toHaveLength(1);
  });

  it('that meets somebody else’s is kept aside, for the person to decide', async () => {
    const id = await newSession('C-1');
    await open(id);
    await screen.page.route('**/edits', (route) => route.abort());
    await typeInto('Total', '41');
    await saving(screen.page, 'waiting');
    const { accounts } = resultsResponse.parse(await call(`/api/sessions/${id}/results`));
    const total = accounts[0]?.fields.find(({ path }) => path === 'Total')?.id ?? '';
    const body = JSON.stringify({ operations: [{ op: 'set', id: total, value: 50 }] });
    await call(`/api/sessions/${id}/edits`, { method: 'POST', body });
    await screen.page.unroute('**/edits');
    await screen.page.getByText('These changes were not saved').waitFor();
    await screen.page.getByText('Total: 41 (now 50').waitFor();
    await screen.page.getByRole('button', { name: 'Save it anyway' }).click();
    await until(
      () => dataOf(id),
      (data) => data.Total === 41,
    );
  });
});

describe('the hands of a reviewer', () => {
  it('holding v verifies one session, after its page was seen, and Undo opens it again', async () => {
    const [first, second] = [await newSession('D-1'), await newSession('D-2')];
    await open(second);
    await screen.page.keyboard.down('v');
    await expect
      .poll(async () => {
        await screen.page.keyboard.up('v');
        await screen.page.keyboard.down('v');
        return statusOf(second);
      })
      .toBe('verified');
    // Held on, as a keyboard repeats it.
    await screen.page.waitForURL((url) => !url.pathname.endsWith(second));
    for (let times = 0; times < 20; times++) await screen.page.keyboard.down('v');
    expect(await statusOf(first)).toBe('in_progress');
    await screen.page.keyboard.up('v');
    await screen.page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await until(
      () => statusOf(second),
      (status) => status === 'in_progress',
    );
  });

  it('a click on a word proposes it where the value was fine', async () => {
    const id = await newSession('E-1');
    await open(id);
    await field('Reference').click();
    const word = screen.page.locator('[data-page="0"]').getByText('Bill', { exact: true }).first();
    const box = await word.boundingBox();
    await screen.page.mouse.click((box?.x ?? 0) + 8, (box?.y ?? 0) + 8);
    await screen.page.getByText('Use “Bill”?').waitFor();
    expect(await dataOf(id)).toMatchObject({ Reference: 'E-1' });
    await screen.page.keyboard.press('Enter');
    await until(
      () => dataOf(id),
      (data) => data.Reference === 'Bill',
    );
  });

  it('keys go to the value after a click on the toolbar, the page or nothing at all', async () => {
    const id = await newSession('F-1');
    await open(id);
    await field('Total').click();
    await screen.page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(focusedLabel).toContain('Total');
    await screen.page.locator('header h1').click();
    await screen.page.keyboard.type('47');
    await screen.page.keyboard.press('Enter');
    await until(
      () => dataOf(id),
      (data) => data.Total === 47,
    );
  });

  it('all values that nobody doubts can be confirmed in one change', async () => {
    const id = await newSession('K-1');
    await open(id);
    await screen.page.getByText(/\d+ values not reviewed/).waitFor();
    await screen.page.getByRole('button', { name: /^Confirm the rest/ }).click();
    await saving(screen.page, 'saved');
    await expect.poll(() => screen.page.getByText(/values? not reviewed/).count()).toBe(0);
    const { accounts } = resultsResponse.parse(await call(`/api/sessions/${id}/results`));
    const found = accounts[0]?.fields.filter(({ value }) => value !== null) ?? [];
    expect(found.every(({ state }) => state === 'confirmed')).toBe(true);
  });

  it('a new row has the focus at once, and so has the row behind one that was deleted', async () => {
    const id = await newSession('G-1');
    await open(id);
    await field('Price, row 1').click();
    await screen.page.getByRole('button', { name: 'Row', exact: true }).first().click();
    await expect.poll(focusedLabel).toContain('Item, row 2');
    await screen.page.keyboard.press('e');
    await screen.page.keyboard.type('Lamp');
    await screen.page.keyboard.press('Enter');
    await until(
      () => dataOf(id),
      (data) => JSON.stringify(data.Lines).includes('Lamp'),
    );
    await field('Item, row 1').click();
    await screen.page.getByRole('button', { name: 'Delete row' }).click();
    await expect.poll(focusedLabel).toContain('Item, row 1: Lamp');
    await saving(screen.page, 'saved');
  });

  it('empty lists and columns that no row has can be filled in, in the order of the schema', async () => {
    const id = await newSession('H-1');
    await open(id);
    const headers = await screen.page.locator('[role=grid][aria-label=Lines] [role=columnheader]').allTextContents();
    expect(headers).toEqual(['#', 'Item', 'Unit', 'Price']);
    await field('Unit, row 1').click();
    await screen.page.keyboard.press('e');
    await screen.page.keyboard.type('piece');
    await screen.page.keyboard.press('Enter');
    await until(
      () => dataOf(id),
      (data) => JSON.stringify(data.Lines).includes('"Unit":"piece"'),
    );
    const fees = screen.page.locator('section[aria-label=Fees]');
    await fees.getByRole('button', { name: 'Row', exact: true }).click();
    await screen.page.keyboard.press('e');
    await screen.page.keyboard.type('Postage');
    await screen.page.keyboard.press('Enter');
    await until(
      () => dataOf(id),
      (data) => JSON.stringify(data.Fees) === '[{"Name":"Postage"}]',
    );
  });

  it('a review goes on through the list that it came from, and ends with what was done', async () => {
    const [first, second] = [await newSession('Q-1'), await newSession('Q-2')];
    await screen.page.goto(`${screen.app.url}/sessions?q=Q-`);
    await screen.page.locator(`[data-session-row="${second}"] a`).first().click();
    await screen.page.getByText('1 of 2 · “Q-”').waitFor();
    await screen.page.locator('[data-field]:focus').waitFor();
    await screen.page.keyboard.press('s');
    await screen.page.waitForURL((url) => url.pathname.endsWith(first));
    await screen.page.getByText('2 of 2 · “Q-”').waitFor();
    await screen.page.locator('[data-field]:focus').waitFor();
    await screen.page.getByRole('button', { name: 'Verify' }).click();
    await screen.page.getByText('1 session verified, 1 skipped').waitFor();
    await screen.page.getByRole('link', { name: 'Back to All Sessions' }).click();
    await screen.page.waitForURL((url) => url.pathname === '/sessions' && url.searchParams.get('q') === 'Q-');
  });
});

describe('a screen whose server is away', () => {
  it('stays as it is when somebody clicks, and says why', async () => {
    await newSession('Z-1');
    await screen.page.goto(`${screen.app.url}/sessions`);
    const row = screen.page.locator('[data-session-row] a').first();
    await row.waitFor();
    await screen.context.setOffline(true);
    await row.click();
    await screen.page.getByText('Sluice cannot be reached. Nothing was lost').waitFor();
    expect(new URL(screen.page.url()).pathname).toBe('/sessions');
    await row.waitFor();
    await screen.context.setOffline(false);
  });

  it('a refused form says why at its button, has the focus there, and keeps the files that are fine', async () => {
    await screen.page.goto(`${screen.app.url}/sessions/new`);
    await screen.page.getByRole('button', { name: /Start Extraction/ }).click();
    const notice = screen.page.getByText('Choose at least one document.').last();
    await notice.waitFor();
    expect(await screen.page.evaluate(() => document.activeElement?.textContent)).toContain('could not be started');
    const files = screen.page.locator('input[type=file]');
    await files.setInputFiles([
      { name: 'good.txt', mimeType: 'text/plain', buffer: Buffer.from('Reference: 1') },
      { name: 'bad.txt', mimeType: 'text/plain', buffer: Buffer.from([0, 1, 2, 3, 0, 255, 254]) },
    ]);
    await screen.page.getByRole('radio', { name: /Bill/ }).check();
    await screen.page.getByRole('button', { name: /Start Extraction/ }).click();
    await screen.page.getByText('The extraction could not be started').waitFor();
    await screen.page.getByText('good.txt').first().waitFor();
    await expect
      .poll(() => screen.page.evaluate(() => document.activeElement?.textContent ?? ''))
      .toContain('could not be started');
  });
});
