import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents } from '#lib/db/tables/sessions.ts';
import { claimDocument } from '#lib/documents/claim.ts';
import { addParts, type NewPart, unpackingOf } from '#lib/documents/parts.ts';
import { newId } from '#lib/id.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import { ClaimLost } from '#lib/queue/documents.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { getSession } from '#lib/sessions/get.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

async function claimNew(): Promise<{ claim: Claim; sessionId: string }> {
  const files = [await spoolText(context, 'mail.txt', newId())];
  const sessionId = await createSession(context, { files, schema: 'invoice' });
  for (const job of await context.queue.claim(20)) {
    const claim = await claimDocument(context, job);
    if (claim?.sessionId === sessionId) return { claim, sessionId };
  }
  throw new Error('the document was not claimed');
}

async function partsOf(...names: string[]): Promise<NewPart[]> {
  const files = await Promise.all(names.map((name) => spoolText(context, name, newId())));
  return files.map((file, part) => ({ part, file }));
}

const namesIn = async (id: string) => (await getSession(context, id)).documents.map(({ name }) => name);

describe('files that a document holds', () => {
  it('become documents of its session, each with a job, once however often they are added', async () => {
    const { claim, sessionId } = await claimNew();
    const parts = await partsOf('a.txt', 'b.txt');
    await Promise.all([addParts(context, claim, parts), addParts(context, claim, parts)]);
    await addParts(context, claim, parts.slice(1));
    expect(await namesIn(sessionId)).toEqual(['mail.txt', 'a.txt', 'b.txt']);
    expect((await getSession(context, sessionId)).documents_total).toBe(3);
    const children = await context.db.select().from(documents).where(eq(documents.parentId, claim.documentId));
    const { rows: jobs } = await context.db.execute(
      sql`select count(*)::int as jobs from pgboss.job where id in (${sql.join(
        children.map(({ jobId }) => sql`${jobId}::uuid`),
        sql`, `,
      )})`,
    );
    expect(jobs).toEqual([{ jobs: 2 }]);
    expect(await unpackingOf(context.db, { documentId: children[0]?.id ?? '' })).toMatchObject({ depth: 1, files: 2 });
  });

  it('are not added by a worker whose document is another one’s, was cancelled or deleted', async () => {
    const taken = await claimNew();
    await context.db
      .update(documents)
      .set({ attempt: taken.claim.attempt + 1 })
      .where(eq(documents.id, taken.claim.documentId));
    const cancelled = await claimNew();
    await cancelSession(context, cancelled.sessionId);
    const deleted = await claimNew();
    await deleteSession(context, deleted.sessionId);
    const parts = await partsOf('late.txt');
    for (const { claim } of [taken, cancelled, deleted]) {
      await expect(addParts(context, claim, parts)).rejects.toBeInstanceOf(ClaimLost);
    }
    expect(await namesIn(taken.sessionId)).toEqual(['mail.txt']);
    expect(await namesIn(cancelled.sessionId)).toEqual(['mail.txt']);
  });

  it('go with their session, and cancelling it cancels them', async () => {
    const { claim, sessionId } = await claimNew();
    await addParts(context, claim, await partsOf('a.txt'));
    await cancelSession(context, sessionId);
    expect((await getSession(context, sessionId)).documents.map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
    ]);
    await deleteSession(context, sessionId);
    expect(await context.db.$count(documents, eq(documents.sessionId, sessionId))).toBe(0);
  });
});
