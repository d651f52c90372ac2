import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { resultsResponse } from '#lib/core/contract/results.ts';
import { sessionResponse } from '#lib/core/contract/sessions.ts';
import { addsUp, orderFields, orderProperties } from '#tests/support/order-schema.ts';
import { until } from '#tests/support/context.ts';
import { openScreen } from '#tests/support/screen.ts';

const screen = openScreen({}, () => call('/api/schemas/order', { method: 'PUT', body: JSON.stringify(order) }));
const call = (path: string, init?: RequestInit) => screen.call(path, init);
const { Code, ...others } = orderProperties;
const order = {
  name: 'Order',
  fields: {
    ...orderFields,
    required: ['Code', 'Buyer'],
    // People go through the values in this order.
    properties: { Code, Buyer: { type: 'string' }, ...others },
  },
  rules: [addsUp],
};

/** A session of an order without a buyer, ready for review; gives its id. */
async function newSession(total = '35.00'): Promise<string> {
  const form = new FormData();
  const text = `Order ${crypto.randomUUID()}\nReference: R-1\nOrder date: 2025-03-14\nTotal: ${total}\n\nItem      Price\nChair     10.00\nTable     25.00\n`;
  form.append('files', new Blob([text]), 'order.txt');
  form.append('schema', 'order');
  const { session } = sessionResponse.parse(await call('/api/sessions', { method: 'POST', body: form }));
  const look = async () => sessionResponse.parse(await call(`/api/sessions/${session.id}`)).session;
  await until(look, ({ status }) => status === 'in_progress');
  return session.id;
}

async function open(id: string, on = screen.page): Promise<void> {
  await on.goto(`${screen.app.url}/sessions/${id}`);
  // The first value takes the focus as soon as the screen listens.
  await on.locator('[data-field]:focus').waitFor();
}

const resultsOf = async (id: string) => resultsResponse.parse(await call(`/api/sessions/${id}/results`)).accounts[0];
const versionOf = async (id: string) => resultsResponse.parse(await call(`/api/sessions/${id}/results`)).version;
const dataOf = async (id: string) => (await resultsOf(id))?.data;
const untilData = (id: string, expected: object) =>
  until(
    () => dataOf(id),
    (data) => Object.entries(expected).every(([name, value]) => JSON.stringify(data?.[name]) === JSON.stringify(value)),
  );
const field = (label: string, on = screen.page) => on.locator(`[data-field][aria-label^="${label}"]`);

describe('reviewing by keyboard', () => {
  it('begins at what needs attention, takes what is typed, and verifies', async () => {
    const id = await newSession();
    await open(id);
    await expect
      .poll(() => screen.page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toContain('Buyer');
    await screen.page.keyboard.press('Enter');
    await screen.page.keyboard.type('Anna Berg');
    await screen.page.keyboard.press('Enter');
    await untilData(id, { Buyer: 'Anna Berg' });
    await screen.page.getByText('Nothing needs attention').waitFor();
    const status = async () => sessionResponse.parse(await call(`/api/sessions/${id}`)).session.status;
    // The key works once the page can have been seen.
    await expect
      .poll(async () => {
        await screen.page.keyboard.press('v');
        return status();
      })
      .toBe('verified');
  });

  it('goes on to the next that needs attention by n, which elsewhere begins a new session', async () => {
    const id = await newSession('99.00');
    await open(id);
    const label = () => screen.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    const first = await label();
    await screen.page.keyboard.press('n');
    await expect.poll(label).not.toBe(first);
    expect(new URL(screen.page.url()).pathname).toBe(`/sessions/${id}`);
    await screen.page.keyboard.press('p');
    await expect.poll(label).toBe(first);
  });

  it('shows while typing what would come of it: the type, and the rules', async () => {
    const id = await newSession();
    await open(id);
    await screen.page.keyboard.press('f');
    await field('Total').click();
    await screen.page.keyboard.press('e');
    await screen.page.getByLabel('Total: new value').fill('136');
    await screen.page.getByText('Items do not add up').first().waitFor();
    await screen.page.getByLabel('Total: new value').fill('many');
    await screen.page.getByText('"many" is not a number').waitFor();
    await screen.page.keyboard.press('Escape');
    expect(await dataOf(id)).toMatchObject({ Total: 35 });
  });

  it('takes changes back and does them again', async () => {
    const id = await newSession();
    await open(id);
    await screen.page.keyboard.press('f');
    await field('Ordered').click();
    await screen.page.keyboard.press('a');
    await untilData(id, { Ordered: null });
    await screen.page.keyboard.press('u');
    await untilData(id, { Ordered: '2025-03-14' });
    await screen.page.keyboard.press('Shift+U');
    await untilData(id, { Ordered: null });
    // However fast they come, they are done in their order.
    const before = await versionOf(id);
    for (const key of ['u', 'Shift+U', 'u']) await screen.page.keyboard.press(key);
    await expect.poll(() => versionOf(id)).toBe(before + 3);
    expect(await dataOf(id)).toMatchObject({ Ordered: '2025-03-14' });
  });

  it('moves about a list, pastes into it, and adds and deletes rows', async () => {
    const id = await newSession();
    await open(id);
    await screen.page.keyboard.press('f');
    await field('Item, row 1').click();
    await screen.page.keyboard.press('ArrowDown');
    await expect
      .poll(() => screen.page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toContain('Item, row 2');
    await screen.page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'Desk\t20\nLamp\t5');
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
    const pasted = [
      { Item: 'Chair', Price: 10 },
      { Item: 'Desk', Price: 20 },
      { Item: 'Lamp', Price: 5 },
    ];
    await untilData(id, { Items: pasted });
    await field('Item, row 1').click();
    await screen.page.keyboard.press('ControlOrMeta+Backspace');
    await untilData(id, { Items: pasted.slice(1) });
  });
});

describe('a session under review', () => {
  it('is not verified while an error stands: it is named, and leads to its value', async () => {
    const id = await newSession('99.00');
    await open(id);
    await screen.page.getByRole('button', { name: 'Verify' }).click();
    const dialog = screen.page.getByRole('dialog', { name: 'Not verified yet' });
    await dialog.getByRole('button', { name: 'Items do not add up' }).first().click();
    await dialog.waitFor({ state: 'hidden' });
    await expect
      .poll(() => screen.page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toContain('Total');
  });

  it('tells a second window, and overwrites nothing that the first one changed', async () => {
    const id = await newSession();
    await open(id);
    const second = await screen.context.newPage();
    await open(id, second);
    await second.getByText('Being reviewed in another window').waitFor();
    // This window hears nothing of the other's change.
    await second.route('**/api/events', (route) => route.abort());
    await second.route('**/results', (route) => route.abort());
    const buyer = (await resultsOf(id))?.fields.find(({ path }) => path === 'Buyer');
    const body = JSON.stringify({ value: 'First' });
    await call(`/api/sessions/${id}/values/${buyer?.id}`, { method: 'PATCH', body });
    await second.unroute('**/results');
    await second.evaluate(
      async ([sessionId, valueId]) => {
        const late = { base_version: 1, operations: [{ op: 'set', id: valueId, value: 'Second' }] };
        const answer = await fetch(`/api/sessions/${sessionId}/edits`, { method: 'POST', body: JSON.stringify(late) });
        if (answer.status !== 409) throw new Error(`answered ${answer.status}`);
      },
      [id, buyer?.id ?? ''] as const,
    );
    expect(await dataOf(id)).toMatchObject({ Buyer: 'First' });
    await field('Buyer').getByText('First', { exact: true }).waitFor();
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation, %s', async (colorScheme) => {
    const id = await newSession('99.00');
    await screen.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(id);
    await screen.page.keyboard.press('f');
    const { violations } = await new AxeBuilder({ page: screen.page }).analyze();
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
