import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  await putSchema(context, {
    slug: 'slips',
    definition: {
      name: 'Slips',
      fields: { type: 'object', properties: { Slip_Number: { type: 'string' }, Total: { type: 'number' } } },
      split: { by: 'Slip_Number', pages: 2 },
    },
  });
});
afterAll(() => worker.close());

const extract = async (pages: string[], schema: string) =>
  worker.finished(
    await createSession(context, { files: [await spoolText(context, 'a.txt', pages.join('\f'))], schema }),
  );
const slip = (number: string) => `Slip number: ${number}\nTotal: 12.50`;

describe('a document that is split by a number of pages', () => {
  it('gives an account for each two pages, and counts the short one at its end as one to look at', async () => {
    const whole = await extract([slip('70010'), 'Notes', slip('70020'), 'Notes'], 'slips');
    expect(whole).toMatchObject({ accounts: 2, needs_attention: 0 });
    const { accounts } = await getResults(context, { sessionId: whole.id });
    expect(accounts.map(({ account_number, pages }) => [account_number, pages])).toEqual([
      ['70010', [0, 1]],
      ['70020', [2, 3]],
    ]);
    const cut = await extract([slip('70010'), 'Notes', slip('70020')], 'slips');
    expect(cut).toMatchObject({ accounts: 2, needs_attention: 1 });
  });
});

describe('a document of a schema that does not split', () => {
  it('says that it looks like several records', async () => {
    const invoice = (number: string) =>
      `Invoice\n\nInvoice number: ${number}\nInvoice date: 2025-01-02\nTotal: $120.00`;
    const several = await extract([invoice('INV-2031'), invoice('INV-2032'), invoice('INV-2033')], 'invoice');
    expect(several.documents[0]?.notice).toMatch(/^Looks like 3 invoices/);
    const one = await extract([invoice('INV-2034')], 'invoice');
    expect(one.documents[0]?.notice).toBeNull();
  });
});
