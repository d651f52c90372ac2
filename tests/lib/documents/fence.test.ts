import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workers } from '#lib/db/tables/installation.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { claimDocument, countLost } from '#lib/documents/claim.ts';
import { type Claim, fenced } from '#lib/lifecycle/claim.ts';
import type { DocumentProgress } from '#lib/documents/progress.ts';
import { completeDocument, failDocument, returnToQueue } from '#lib/documents/settle.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { newId } from '#lib/id.ts';
import { ClaimLost } from '#lib/queue/documents.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

const progress: DocumentProgress = {
  stage: 'llm_extraction',
  stages: initialStages,
  progress: 50,
  readerKey: null,
  pagesTotal: 1,
  pagesProcessed: 1,
  pagesFailed: 0,
  remembered: true,
  pageRows: [],
  pageAccountRows: [],
};
const definition = parseDefinition(
  { name: 'A', fields: { type: 'object', properties: { A: { type: 'string' } } } },
  { slug: 'a' },
);
const result = {
  definition,
  accounts: [{ accountIndex: 0, accountNumber: null, evidencePages: [0], pages: [0], boundaries: [], rows: [] }],
  notice: null,
};

async function claimNew(): Promise<{ claim: Claim; sessionId: string }> {
  const sessionId = await createSession(context, {
    files: [await spoolText(context, 'a.txt', `text ${newId()}`)],
    schema: 'invoice',
  });
  const [job] = await context.queue.claim(1);
  const claim = job && (await claimDocument(context, job));
  if (!claim) throw new Error('nothing was claimed');
  return { claim, sessionId };
}

/** As if the queue had given the document to another worker. */
async function takeOver(claim: Claim) {
  await context.db
    .update(documents)
    .set({ attempt: claim.attempt + 1 })
    .where(eq(documents.id, claim.documentId));
}

describe('the fence', () => {
  it('lets the current attempt write', async () => {
    const { claim, sessionId } = await claimNew();
    await completeDocument(context, claim, progress, result);
    expect(await getSession(context, sessionId)).toMatchObject({
      status: 'in_progress',
      accounts: 1,
      documents_done: 1,
    });
  });

  it('stops every write of an attempt that was taken over', async () => {
    const { claim, sessionId } = await claimNew();
    await takeOver(claim);
    await expect(fenced(context.db, claim, async () => 'written')).rejects.toThrow(ClaimLost);
    await expect(completeDocument(context, claim, progress, result)).rejects.toThrow(ClaimLost);
    await expect(failDocument(context, claim, progress, { reason: 'internal', message: 'no' })).rejects.toThrow(
      ClaimLost,
    );
    await expect(returnToQueue(context, claim, progress, null)).rejects.toThrow(ClaimLost);
    expect(await getSession(context, sessionId)).toMatchObject({ status: 'processing', accounts: 0 });
  });

  it('stops a worker whose session was cancelled or deleted', async () => {
    const cancelled = await claimNew();
    await cancelSession(context, cancelled.sessionId);
    await expect(completeDocument(context, cancelled.claim, progress, result)).rejects.toThrow(ClaimLost);
    expect(await getSession(context, cancelled.sessionId)).toMatchObject({ status: 'cancelled' });
    const deleted = await claimNew();
    await deleteSession(context, deleted.sessionId);
    await expect(completeDocument(context, deleted.claim, progress, result)).rejects.toThrow(ClaimLost);
  });

  it('gives a handed-back document to the next claim, without counting a lost worker', async () => {
    const { claim } = await claimNew();
    await returnToQueue(context, claim, progress, null);
    const [job] = await context.queue.claim(1);
    const next = job && (await claimDocument(context, job));
    expect(next).toMatchObject({ documentId: claim.documentId, attempt: claim.attempt + 1 });
    expect(job?.lost).toBe(0);
    if (next) await completeDocument(context, next, progress, result);
  });

  it('keeps a waiting document out of the queue until its time', async () => {
    const { claim, sessionId } = await claimNew();
    const until = new Date(Date.now() + 600_000).toISOString();
    await returnToQueue(context, claim, progress, { reason: 'the model is paused', until });
    expect(await context.queue.claim(1)).toEqual([]);
    expect((await getSession(context, sessionId)).waiting).toEqual({ reason: 'the model is paused', until });
    await cancelSession(context, sessionId);
  });

  it('gives a document up after three lost workers without progress', async () => {
    const { claim, sessionId } = await claimNew();
    const lose = async (times: number) => {
      const next = await claimDocument(context, { ...claim.job, lost: times });
      return next && countLost(context, next);
    };
    expect([await lose(1), await lose(2), await lose(3)]).toEqual([true, true, false]);
    expect(await getSession(context, sessionId)).toMatchObject({
      status: 'failed',
      failure: { reason: 'worker_lost' },
    });
  });

  it('gives no document up for workers that are lost one after the other with any document, unless it never gets on', async () => {
    const { claim, sessionId } = await claimNew();
    const dead = Array.from({ length: 30 }, () => ({ id: newId(), name: 'w', host: 'h', slots: 1, isolation: 'none' }));
    await context.db
      .insert(workers)
      .values(dead.map((one) => ({ ...one, heartbeatAt: new Date(Date.now() - 60_000) })));
    const outcomes: (boolean | null)[] = [];
    for (let times = 1; times <= 12; times++) {
      const next = await claimDocument(context, { ...claim.job, lost: times });
      outcomes.push(next && (await countLost(context, next)));
    }
    expect(outcomes).toEqual([...Array.from({ length: 11 }, () => true), false]);
    expect(await getSession(context, sessionId)).toMatchObject({ failure: { reason: 'worker_lost' } });
    await context.db.delete(workers);
  });

  it('blames no document for a worker that was lost before its turn', async () => {
    const { claim, sessionId } = await claimNew();
    for (const lost of [1, 2, 3, 4]) await claimDocument(context, { ...claim.job, lost });
    expect(await getSession(context, sessionId)).toMatchObject({ status: 'processing' });
    await cancelSession(context, sessionId);
  });

  it('finishes a session once when its documents end at the same time', async () => {
    const files = await Promise.all(
      Array.from({ length: 4 }, (_, i) => spoolText(context, `${i}.txt`, `file ${i} ${newId()}`)),
    );
    const sessionId = await createSession(context, { files, schema: 'invoice' });
    const jobs = await context.queue.claim(4);
    const claims = await Promise.all(jobs.map((job) => claimDocument(context, job)));
    const ended = claims.flatMap((claim) => (claim ? [completeDocument(context, claim, progress, result)] : []));
    await Promise.all(ended);
    expect(await getSession(context, sessionId)).toMatchObject({
      status: 'in_progress',
      documents_done: 4,
      progress: 100,
    });
  });
});
