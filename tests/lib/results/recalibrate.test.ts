import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calibrations, lessonsDue } from '#lib/db/tables/layouts.ts';
import { changeValue } from '#lib/edits/change-value.ts';
import { getResults } from '#lib/results/get.ts';
import { recalibrate } from '#lib/results/recalibrate.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { schemas } from '#lib/db/tables/sessions.ts';
import { createSession } from '#lib/sessions/create.ts';
import { verifySession } from '#lib/sessions/verify.ts';
import { spoolText, type TestContext, until } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
let context: TestContext;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  const properties = { Reference: { type: 'string' }, Total: { type: 'number' } };
  await putSchema(context, { slug: 'order', definition: { name: 'Order', fields: { type: 'object', properties } } });
});
afterAll(() => worker.close());

async function fieldsOf(id: string) {
  return (await getResults(context, { sessionId: id })).accounts.flatMap(({ fields }) => fields);
}

async function read(number: number): Promise<string> {
  const text = `Reference: R-${number}\nTotal: ${number}.00\n`;
  const id = await createSession(context, { files: [await spoolText(context, 'a.txt', text)], schema: 'order' });
  await worker.finished(id);
  return id;
}

it('lowers trust in a field that people change, and says why', async () => {
  const before = (await fieldsOf(await read(1))).find(({ path }) => path === 'Total');
  for (let number = 10; number < 18; number++) {
    const id = await read(number);
    const total = (await fieldsOf(id)).find(({ path }) => path === 'Total');
    await changeValue(context, { sessionId: id, valueId: total?.id ?? '', value: number + 0.5 });
    await verifySession(context, { id, reason: 'checked' });
  }
  await until(
    () => context.db.$count(lessonsDue),
    (due) => due === 0,
  );
  const [schema] = await context.db.select().from(schemas).where(eq(schemas.slug, 'order'));
  await recalibrate(context, schema?.id ?? '');
  const rows = await context.db.select().from(calibrations);
  expect(rows).toContainEqual(expect.objectContaining({ key: 'Total', changed: 8, of: 8 }));
  const after = (await fieldsOf(await read(99))).find(({ path }) => path === 'Total');
  expect(after?.signals).toContainEqual(
    expect.objectContaining({
      name: 'history',
      ok: false,
      detail: 'people changed 8 of the last 8 values of this field',
    }),
  );
  expect(after?.trust).toBeLessThan((before?.trust ?? 0) - 0.1);
  expect(after).toMatchObject({ attention: true });
});
