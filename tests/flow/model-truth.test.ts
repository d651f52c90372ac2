import type { ValueView } from '#lib/core/contract/results.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { goldAnswer, type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const text = { type: 'string' };
const number = { type: 'number' };
const date = { type: 'string', format: 'date' };
const fields = {
  type: 'object',
  properties: {
    order: text,
    customer: text,
    placed: date,
    delivered: date,
    net: number,
    tax: number,
    total: number,
    lines: {
      type: 'array',
      items: { type: 'object', properties: { article: text, quantity: number, price: number } },
    },
    approved_by: text,
    discount: number,
    insured_until: date,
  },
};

interface Order {
  page: string;
  gold: Record<string, unknown>;
}

/** An order with its page, printed in the forms of the United States. */
function makeOrder(seed: number): Order {
  const random = seeded(seed);
  const money = (amount: number) => amount.toLocaleString('en-US', { minimumFractionDigits: 2 });
  const day = (month: number) => `2025-${String(month).padStart(2, '0')}-${String(random.int(10, 28))}`;
  const lines = Array.from({ length: random.int(2, 9) }, (_, index) => ({
    article: `ART-${seed}${index}X`,
    quantity: random.int(2, 90),
    price: random.int(100, 400_000) / 100,
  }));
  const net = Math.round(lines.reduce((sum, line) => sum + line.quantity * line.price, 0) * 100) / 100;
  const tax = Math.round(net * 19) / 100;
  const total = Math.round((net + tax) * 100) / 100;
  const gold = {
    order: `PO-${random.int(10_000, 99_999)}`,
    customer: random.pick(['Harbor Supplies', 'Nils Åkesson AB', 'O’Neil & Sons', 'Zhang Trading']),
    placed: day(2),
    delivered: day(7),
    net,
    tax,
    total,
    lines,
  };
  const inWords = (iso: string) =>
    new Date(`${iso}T00:00:00Z`).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
  const page = [
    `Order ${gold.order} of ${gold.customer}`,
    `Placed on ${inWords(gold.placed)}, delivered ${gold.delivered.slice(5, 7)}/${gold.delivered.slice(8)}/2025`,
    '',
    ...lines.map(
      (line) => `${String(line.quantity).padStart(4)} ×  ${line.article.padEnd(16)}${money(line.price).padStart(16)}`,
    ),
    '',
    `Net $${money(net)}   Tax $${money(tax)}   Total $${money(total)}`,
  ].join('\n');
  return { page, gold };
}

/** What no page says, claimed with quotes that stand nowhere either. */
const inventions = {
  approved_by: { quote: 'approved by Agnes Nutter', value: 'Agnes Nutter' },
  discount: { quote: 'less 777.77', value: 777.77 },
  insured_until: { quote: 'insured until 2031-12-24', value: '2031-12-24' },
};

const orders = Array.from({ length: 20 }, (_, index) => makeOrder(index + 1));

/** A statement of pages with 45 rows each, 400 in all; every row has a number of its own. */
const rowPages = Array.from({ length: 9 }, (_, page) => {
  const rows = Array.from({ length: page === 8 ? 40 : 45 }, (_, index) => page * 45 + index);
  const line = (row: number) => `2025-03-${String((row % 28) + 1).padStart(2, '0')}    T${1000 + row}     ${row}.25`;
  return ['Date          Ref       Amount', ...rows.map(line)].join('\n');
});
const printedRow = /^(\d{4}-\d\d-\d\d) +(T\d+) +([\d.]+)$/gm;

/** What a model answers for a page of the statement, all of its rows but the last `missing`. */
function rowsAnswer(pageText: string, missing: number) {
  const leaf = (quote = '') => ({ quote, value: quote });
  const rows = [...pageText.matchAll(printedRow)].map(([, when, ref, amount]) => ({
    Date: leaf(when),
    Ref: leaf(ref),
    Amount: { quote: amount, value: Number(amount) },
  }));
  return { Rows: rows.slice(0, rows.length - missing) };
}

let missingOn = '';
let server: ModelServer;
let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  server = await startModelServer({
    answer({ pageText }) {
      if (pageText.includes('Ref       Amount') || /^\d{4}-\d\d-\d\d {4}T/.test(pageText)) {
        // More than 30 rows do not fit in one answer.
        if ([...pageText.matchAll(printedRow)].length > 30) return { text: '{"Rows": [', finishReason: 'length' };
        return { answer: rowsAnswer(pageText, missingOn !== '' && pageText.includes(missingOn) ? 2 : 0) };
      }
      const order = orders.find(({ gold }) => pageText.includes(String(gold.order)));
      return { answer: { ...Object(goldAnswer(order?.gold, pageText)), ...inventions } };
    },
  });
  worker = await testWorker({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
  context = worker.context;
  await putSchema(context, { slug: 'order', definition: { name: 'Order', fields } });
  const row = { Date: date, Ref: text, Amount: number };
  await putSchema(context, {
    slug: 'rows',
    definition: {
      name: 'Rows',
      fields: { type: 'object', properties: { Rows: { type: 'array', items: { type: 'object', properties: row } } } },
    },
  });
});
afterAll(async () => {
  await worker.close();
  await server.close();
});

describe('what a model answers', () => {
  it('is stored as it is where it is right, and never as found where it is invented', async () => {
    const files = await Promise.all(orders.map(({ page }, index) => spoolText(context, `order-${index}.txt`, page)));
    const session = await worker.finished(await createSession(context, { files, schema: 'order' }));
    expect(session).toMatchObject({ status: 'in_progress', partial: false, documents_done: 20 });
    const { accounts } = await getResults(context, { sessionId: session.id });
    const invented = Object.fromEntries(Object.entries(inventions).map(([name, { value }]) => [name, value]));
    expect(accounts.map(({ data }) => data)).toEqual(orders.map(({ gold }) => ({ ...gold, ...invented })));
    const wrong = accounts.flatMap((account) =>
      account.fields.flatMap(({ path, value, state }) =>
        state === (path in inventions ? 'not_in_document' : 'found') ? [] : [`${path} ${String(value)} is ${state}`],
      ),
    );
    expect(wrong).toEqual([]);
    expect(session.needs_attention).toBeGreaterThanOrEqual(60);
  });
});

async function readRows(name: string): Promise<{ refs: unknown[]; told: string[] }> {
  const files = [await spoolText(context, name, `${rowPages.join('\f')}\n${name}`)];
  const session = await worker.finished(await createSession(context, { files, schema: 'rows' }));
  expect(session).toMatchObject({ status: 'in_progress', partial: false, pages_total: 9 });
  const { accounts } = await getResults(context, { sessionId: session.id });
  const all: ValueView[] = accounts.flatMap((account) => account.fields);
  const told = all.flatMap(({ signals }) => signals.filter(({ ok }) => !ok)).map(({ detail }) => detail);
  return { refs: all.filter(({ path }) => path.endsWith('Ref')).map(({ value }) => value), told };
}

describe('a list of 400 rows over nine pages', () => {
  const all = Array.from({ length: 400 }, (_, row) => `T${1000 + row}`);

  it('is read whole, each row once, though no page’s rows fit in one answer', async () => {
    expect(await readRows('whole.txt')).toEqual({ refs: all, told: [] });
    expect(server.calls.length).toBeGreaterThanOrEqual(27);
  });

  it('of which a page is cut short is flagged there', async () => {
    missingOn = 'T1134';
    expect(await readRows('cut.txt')).toEqual({
      refs: all.filter((ref) => ref !== 'T1133' && ref !== 'T1134'),
      told: ['43 rows · 45 seen on page 3'],
    });
  });
});
