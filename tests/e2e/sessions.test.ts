import { AxeBuilder } from '@axe-core/playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionPage, sessionResponse } from '#lib/core/contract/sessions.ts';
import { until } from '#tests/support/context.ts';
import { openScreen } from '#tests/support/screen.ts';

const screen = openScreen({}, () => call('/api/schemas/order', { method: 'PUT', body: JSON.stringify(order) }));
const call = (path: string, init?: RequestInit) => screen.call(path, init);
beforeEach(async () => {
  const all = JSON.stringify({ action: 'delete', filter: {} });
  await call('/api/sessions/bulk', { method: 'POST', body: all });
});

const order = {
  name: 'Order',
  engine: 'builtin',
  fields: { type: 'object', properties: { Reference: { type: 'string' }, Total: { type: 'number' } } },
};

async function upload(
  name: string,
  text = `Reference: ${name}-${crypto.randomUUID()}\nTotal: 12.00\n`,
): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([text]), `${name}.txt`);
  form.append('schema', 'order');
  return sessionResponse.parse(await call('/api/sessions', { method: 'POST', body: form })).session.id;
}

async function finished(name: string, text?: string): Promise<string> {
  const id = await upload(name, text);
  const look = async () => sessionResponse.parse(await call(`/api/sessions/${id}`)).session.status;
  await until(look, (status) => status !== 'processing');
  return id;
}

const row = (name: string) => screen.page.locator('[data-session-row]', { hasText: name });
const rows = () => screen.page.locator('[data-session-row]');
const focusedName = () => screen.page.evaluate(() => document.activeElement?.textContent ?? '');
const statuses = async () => {
  const { sessions } = sessionPage.parse(await call('/api/sessions'));
  return new Map(sessions.map(({ name, status }) => [name, status]));
};

/** Opens the list and waits until its keys are heard: the first row has the focus then. */
async function open(path = '/sessions'): Promise<void> {
  await screen.page.goto(screen.app.url + path);
  await rows().first().waitFor();
  await expect
    .poll(async () => {
      await screen.page.keyboard.press('k');
      return screen.page.evaluate(() => document.activeElement?.hasAttribute('data-row-link'));
    })
    .toBe(true);
}

describe('the list by keyboard', () => {
  it('selects rows, counts them, and deletes them after asking', async () => {
    for (const name of ['one', 'two', 'three', 'four']) await finished(name);
    await open();
    await expect.poll(focusedName).toBe('four.txt');
    await screen.page.keyboard.press('x');
    await screen.page.getByText('1 selected').waitFor();
    await screen.page.keyboard.press('Shift+J');
    await screen.page.getByText('2 selected').waitFor();
    await screen.page.getByRole('button', { name: 'Views' }).click();
    await screen.page.getByText('No saved views yet').waitFor();
    await screen.page.keyboard.press('Escape');
    await screen.page.getByText('No saved views yet').waitFor({ state: 'detached' });
    await screen.page.getByText('2 selected').waitFor();
    await screen.page.keyboard.press('Escape');
    await screen.page.getByText('2 selected').waitFor({ state: 'detached' });
    await screen.page.locator('[data-row-link]').first().focus();
    await screen.page.keyboard.press('x');
    await screen.page.getByText('1 selected').waitFor();
    await screen.page.keyboard.press('Shift+J');
    await screen.page.getByText('2 selected').waitFor();
    await screen.page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = screen.page.getByRole('alertdialog', { name: 'Delete 2 sessions?' });
    await dialog.getByRole('button', { name: 'Keep them' }).click();
    expect((await statuses()).size).toBe(4);
    await screen.page.getByRole('button', { name: 'Delete', exact: true }).click();
    await screen.page.getByRole('button', { name: 'Delete 2 sessions' }).click();
    await expect.poll(() => rows().count()).toBe(2);
    await expect.poll(async () => (await statuses()).size).toBe(2);
    await screen.page.getByText('Deleted 2 sessions').waitFor();
  });

  it('opens and closes the details of a row: pages, what failed, and where the same file is', async () => {
    const text = 'Reference: R-77\nTotal: 5.00\n';
    const first = await finished('first', text);
    await finished('again', text);
    await open();
    await screen.page.keyboard.press('e');
    await screen.page.getByText('Completed').waitFor();
    await screen.page.getByText('Page 1: done').waitFor({ state: 'attached' });
    expect(await screen.page.getByRole('link', { name: 'first.txt' }).first().getAttribute('href')).toBe(
      `/sessions/${first}`,
    );
    await screen.page.keyboard.press('e');
    await screen.page.getByText('The same file is in').waitFor({ state: 'detached' });
  });
});

describe('the list', () => {
  it('is narrowed by words of values, and keeps that filter under a name', async () => {
    await finished('chair', 'Reference: INV-2041\nTotal: 5.00\n');
    await finished('desk', 'Reference: INV-3055\nTotal: 6.00\n');
    await open();
    await screen.page.getByRole('searchbox').first().fill('inv-2041');
    await row('desk.txt').waitFor({ state: 'detached' });
    await row('chair.txt').waitFor();
    await screen.page.getByRole('button', { name: 'Views' }).click();
    await screen.page.getByLabel('Name of the view').fill('Chairs');
    await screen.page.getByRole('button', { name: 'Save' }).click();
    await screen.page.getByRole('link', { name: 'Chairs' }).waitFor();
    await screen.page.keyboard.press('Escape');
    await screen.page.getByRole('button', { name: 'Clear' }).click();
    await row('desk.txt').waitFor();
    await screen.page.getByRole('button', { name: 'Views' }).click();
    await screen.page.getByRole('link', { name: 'Chairs' }).click();
    await screen.page.waitForURL(/q=inv-2041/);
    await row('desk.txt').waitFor({ state: 'detached' });
    await screen.page.getByRole('button', { name: 'Delete the view Chairs' }).click();
    await screen.page.getByRole('link', { name: 'Chairs' }).waitFor({ state: 'detached' });
  });

  it('hides columns, also after it is loaded again', async () => {
    await finished('one');
    await open();
    await screen.page.getByRole('button', { name: 'Columns' }).click();
    await screen.page.getByRole('menuitemcheckbox', { name: 'Schema' }).click();
    await expect.poll(() => screen.page.getByRole('columnheader', { name: 'Schema' }).count()).toBe(0);
    await open();
    await expect.poll(() => screen.page.getByRole('columnheader', { name: 'Schema' }).count()).toBe(0);
    await expect.poll(() => screen.page.getByRole('columnheader', { name: 'Cost' }).count()).toBe(1);
  });

  it('does things to all under a filter, more than are loaded', async () => {
    for (let index = 0; index < 55; index++) await upload(`s${index}`);
    await open();
    await screen.page.getByLabel('Select all rows').click();
    await screen.page.getByRole('button', { name: 'Select all 55' }).click();
    await screen.page.getByText('All 55 selected').waitFor();
    await screen.page.getByRole('button', { name: 'Priority' }).click();
    await screen.page.getByRole('menuitem', { name: 'High' }).click();
    await screen.page.getByText('Changed the priority of 55 sessions').waitFor();
  });

  it('moves no row while documents run and others come', async () => {
    for (let index = 0; index < 20; index++) await finished(`old${index}`);
    await open();
    await screen.page.evaluate(() => {
      const seen: string[] = [];
      Reflect.set(window, 'shifts', seen);
      new PerformanceObserver((list) => {
        const sources = list.getEntries().flatMap((entry) => Reflect.get(entry, 'sources'));
        for (const { node, previousRect, currentRect } of sources) {
          // A number that gains a digit begins further left in its own column: nothing else moves.
          if (previousRect.y === currentRect.y && node instanceof Text) continue;
          seen.push(node instanceof Element ? node.outerHTML : String(node?.textContent));
        }
      }).observe({ type: 'layout-shift', buffered: false });
    });
    await rows().nth(3).hover();
    const before = await rows().allTextContents();
    const ids = await Promise.all(Array.from({ length: 10 }, (_, index) => upload(`new${index}`)));
    for (const id of ids) {
      const look = async () => sessionResponse.parse(await call(`/api/sessions/${id}`)).session.status;
      await until(look, (status) => status !== 'processing');
    }
    const pill = screen.page.getByRole('button', { name: '10 new' });
    await pill.waitFor();
    const names = (texts: string[]) => texts.map((text) => /old\d+\.txt/.exec(text)?.[0]);
    expect(names(await rows().allTextContents())).toEqual(names(before));
    expect(await screen.page.evaluate(() => Reflect.get(window, 'shifts'))).toEqual([]);
    await pill.click();
    await expect.poll(() => rows().count()).toBe(30);
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation, %s', async (colorScheme) => {
    for (const name of ['one', 'two']) await finished(name);
    await screen.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open();
    await screen.page.keyboard.press('e');
    await screen.page.keyboard.press('x');
    await screen.page.getByText('1 selected').waitFor();
    await screen.page.getByText('Page 1: done').waitFor({ state: 'attached' });
    const { violations } = await new AxeBuilder({ page: screen.page }).analyze();
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
