import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaVersions } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { getSchema } from '#lib/schemas/get.ts';
import { lockSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
});
afterAll(() => worker.close());

/** A version from when patterns were evaluated by JavaScript itself. */
async function saveOldVersion(slug: string): Promise<void> {
  const properties = { Order_Number: { type: 'string', pattern: '^(?=.*[0-9])' }, Customer: { type: 'string' } };
  const definition = {
    slug,
    name: 'Orders',
    fields: { type: 'object', properties },
    split: { by: 'Order_Number', pattern: '^(?!X)[A-Z]-[0-9]+$' },
    rules: [{ name: 'Customer is written out', check: "Customer.matches('^(?=[A-Z])')" }],
  };
  await context.db.transaction(async (tx) => {
    const schemaId = await lockSchema(tx, slug);
    await tx.insert(schemaVersions).values({ id: newId(), schemaId, version: 1, name: 'Orders', definition });
  });
}

test('a document of a saved version is read without its patterns that are not linear, and everything says so', async () => {
  await saveOldVersion('old-orders');
  const files = [await spoolText(context, 'order.txt', 'Order number: A-1234\nCustomer: Jane Miller')];
  const session = await worker.finished(await createSession(context, { files, schema: 'old-orders' }));
  expect(session).toMatchObject({ status: 'in_progress', partial: false, needs_attention: 2 });
  expect(session.documents[0]?.notice).toMatch(/split\.pattern was not used .* negative look-ahead, \(\?!…\)/);

  const { accounts } = await getResults(context, { sessionId: session.id });
  expect(accounts[0]?.data).toEqual({ Order_Number: 'A-1234', Customer: 'Jane Miller' });
  const [number, customer] = accounts[0]?.fields ?? [];
  expect(number?.signals).toContainEqual(expect.objectContaining({ name: 'pattern not checked', ok: false }));
  expect(customer?.checks).toEqual([
    expect.objectContaining({
      ok: false,
      message: expect.stringMatching(/^Not checked: its pattern contains a look-ahead/),
    }),
  ]);
  expect((await getSchema(context, { slug: 'old-orders' })).notices.map(({ path }) => path)).toEqual([
    'fields.Order_Number.pattern',
    'split.pattern',
    'rules.0.check',
  ]);
});
