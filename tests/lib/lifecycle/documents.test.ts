import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DocumentStatus,
  documentStatuses,
  type DocumentTransition,
  documentTransitions,
} from '#lib/core/lifecycle.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { moveDocuments, requeueDocuments } from '#lib/lifecycle/documents.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
let id: string;
beforeAll(async () => {
  context = await testContext();
  await createSession(context, { files: [await spoolText(context, 'a.txt', 'text')], schema: 'invoice' });
  const [document] = await context.db.select().from(documents);
  id = document?.id ?? '';
});
afterAll(() => context.close());

const found = async () => (await context.db.select().from(documents).where(eq(documents.id, id)))[0];
const isMove = (name: string): name is Exclude<DocumentTransition, 'create' | 'stage'> =>
  name in documentTransitions && name !== 'create' && name !== 'stage';

describe('transitions of a document', () => {
  for (const transition of Object.keys(documentTransitions).filter(isMove)) {
    for (const status of documentStatuses) {
      const from: readonly DocumentStatus[] = documentTransitions[transition].from;
      const isAllowed = from.includes(status);
      it(`${transition} from ${status} is ${isAllowed ? 'made' : 'refused, and nothing changes'}`, async () => {
        await context.db.update(documents).set({ status, progress: 7 }).where(eq(documents.id, id));
        const moving = context.db.transaction((tx) => moveDocuments(tx, [id], transition, { notice: 'moved' }));
        if (!isAllowed) {
          await expect(moving).rejects.toThrow(`${transition}: 0 of 1 documents`);
          expect(await found()).toMatchObject({ status, progress: 7 });
          return;
        }
        await moving;
        expect(await found()).toMatchObject({ status: documentTransitions[transition].to ?? status });
      });
    }
  }

  it('a document that is queued again has a new job, and nothing of its last outcome', async () => {
    await context.db
      .update(documents)
      .set({
        status: 'failed',
        failureReason: 'internal',
        failureMessage: 'no',
        lostAttempts: 2,
        finishedAt: new Date(),
      })
      .where(eq(documents.id, id));
    const before = await found();
    await context.db.transaction((tx) =>
      requeueDocuments({ tx, queue: context.queue }, [id], 'retry', { priority: 1 }),
    );
    const after = await found();
    expect(after).toMatchObject({ status: 'queued', failureReason: null, finishedAt: null, lostAttempts: 0 });
    expect(after?.jobId).not.toBe(before?.jobId);
  });
});
