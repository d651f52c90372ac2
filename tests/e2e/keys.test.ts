import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { sessionResponse } from '#lib/core/contract/sessions.ts';
import { until } from '#tests/support/context.ts';
import { openScreen } from '#tests/support/screen.ts';

let review: string;
const screen = openScreen({}, async (opened) => {
  const call = (path: string, init?: RequestInit) => opened.call(path, init);
  const form = new FormData();
  form.append('files', new Blob(['Invoice number: INV-2041\nTotal: 12.00\n']), 'invoice.txt');
  form.append('schema', 'invoice');
  const { id } = sessionResponse.parse(await call('/api/sessions', { method: 'POST', body: form })).session;
  const look = async () => sessionResponse.parse(await call(`/api/sessions/${id}`)).session.status;
  await until(look, (status) => status === 'in_progress');
  review = `/sessions/${id}`;
});

/** A screen hears keys when it lives, and a dialog when it has the focus: until then they are pressed again. */
async function pressUntil(key: string, shown: Locator, isShown: boolean): Promise<void> {
  await expect
    .poll(async () => {
      if ((await shown.isVisible()) !== isShown) await screen.page.keyboard.press(key);
      return shown.isVisible();
    })
    .toBe(isShown);
}

it.each([
  ['All Sessions', () => '/sessions', 'Select it'],
  ['New session', () => '/sessions/new', 'Start Extraction'],
  ['Review', () => review, 'Export'],
  ['Schemas', () => '/schemas', 'Go to Schemas'],
  ['a schema', () => '/schemas/invoice', 'Go to Schemas'],
  ['Activity', () => '/activity', 'Go to Activity'],
])('on %s, ? lists its keys and ⌘K leads anywhere', async (_, path, key) => {
  await screen.page.goto(screen.app.url + path());
  const keys = screen.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await pressUntil('?', keys, true);
  expect(await keys.textContent()).toMatch(new RegExp(`${key}.*Go to anything|Go to anything.*${key}`));
  await pressUntil('Escape', keys, false);

  const palette = screen.page.getByRole('combobox', { name: 'Go to a session' });
  const option = (name: string) => screen.page.getByRole('option', { name });
  await screen.page.keyboard.press('Control+k');
  await palette.fill('2041');
  await option('invoice.txt').waitFor();
  await pressUntil('Escape', palette, false);
  await screen.page.keyboard.press('Control+k');
  await palette.fill('receipt');
  await option('Receipt').waitFor();
  await screen.page.keyboard.press('Enter');
  await screen.page.waitForURL('**/schemas/receipt');
});
