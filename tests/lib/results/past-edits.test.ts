import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edits } from '#lib/db/tables/reviews.ts';
import { documents, runs, sessions } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import { pastEdits, revertedChanges } from '#lib/results/past-edits.ts';
import { createSession } from '#lib/sessions/create.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const definition = {
  name: 'Slip',
  fields: {
    type: 'object',
    properties: {
      Total: { type: 'number' },
      Payee: { type: 'string' },
      Rows: {
        type: 'array',
        items: { type: 'object', properties: { Date: { type: 'string', format: 'date' }, Amount: { type: 'number' } } },
      },
    },
  },
};
const slip = 'Payee: Ann\nTotal: 30.00\n\nDate          Amount\n2025-01-02    10.00\n2025-01-03    20.00\n';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  await putSchema(context, { slug: 'slip', definition });
});
afterAll(() => worker.close());

async function extract(): Promise<string> {
  const files = [await spoolText(context, 'slip.txt', slip)];
  const id = await createSession(context, { files, schema: 'slip' });
  await worker.finished(id);
  return id;
}

async function setBy(sessionId: string, path: string, more: Partial<typeof edits.$inferInsert> = {}): Promise<string> {
  const [document] = await context.db
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.sessionId, sessionId));
  const changeId = newId();
  const about = { sessionId, documentId: document?.id ?? null, accountIndex: 0, run: 1, path };
  await context.db.insert(edits).values({ id: newId(), changeId, kind: 'set', ...about, ...more });
  return changeId;
}

const verify = (id: string) => context.db.update(sessions).set({ status: 'verified' }).where(eq(sessions.id, id));

async function historyOf(sessionId: string) {
  const [run] = await context.db.select({ id: runs.id }).from(runs).where(eq(runs.sessionId, sessionId));
  return Object.fromEntries(await pastEdits(context.db, run?.id ?? ''));
}

describe('what people did to the values of a schema', () => {
  it('is the share of those in verified sessions that they changed, under every version', async () => {
    const [first, second, open] = [await extract(), await extract(), await extract()];
    await setBy(first, 'Total');
    await setBy(first, 'Total');
    await setBy(second, 'Rows[1].Amount');
    const undone = await setBy(second, 'Total');
    const undo = await setBy(second, 'Total', { kind: 'undo', revertsChangeId: undone });
    await setBy(second, 'Total', { kind: 'undo', revertsChangeId: undo });
    await setBy(second, 'Payee');
    await setBy(second, 'Payee', { kind: 'undo', revertsChangeId: await setBy(second, 'Payee') });
    const taken = await setBy(first, 'Payee');
    await setBy(first, 'Payee', { kind: 'undo', revertsChangeId: taken });
    await setBy(open, 'Payee');
    for (const id of [first, second]) await verify(id);
    await putSchema(context, { slug: 'slip', definition: { ...definition, instructions: 'Read well.' } });
    expect(await historyOf(await extract())).toEqual({
      Total: { changed: 2, of: 2 },
      Payee: { changed: 1, of: 2 },
      'Rows[].Amount': { changed: 1, of: 4 },
      // The columns that nobody changed.
      'Rows[]': { changed: 0, of: 4 },
    });
  });

  it('says nothing of another schema', async () => {
    await putSchema(context, { slug: 'other', definition });
    const id = await createSession(context, {
      files: [await spoolText(context, 'other.txt', slip)],
      schema: 'other',
    });
    expect(await historyOf(id)).toEqual({});
  });
});

describe('a change', () => {
  it('is taken back as long as an undo of it is in force', () => {
    const reverted = (...pairs: [by: string, change: string][]) => [
      ...revertedChanges(pairs.map(([by, change]) => ({ by, change }))),
    ];
    expect(reverted(['b', 'a'])).toEqual(['a']);
    expect(reverted(['b', 'a'], ['c', 'b'])).toEqual(['b']);
    expect(reverted(['d', 'c'], ['c', 'b'], ['b', 'a'])).toEqual(['c', 'a']);
    expect(reverted(['b', 'a'], ['c', 'b'], ['d', 'a'])).toEqual(['b', 'a']);
  });
});
