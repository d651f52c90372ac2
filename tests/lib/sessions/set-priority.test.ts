import { sessionChange } from '#lib/core/contract/sessions.ts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents } from '#lib/db/tables/sessions.ts';
import { claimDocument } from '#lib/documents/claim.ts';
import { forceDocument } from '#lib/documents/force.ts';
import { returnToQueue } from '#lib/documents/settle.ts';
import { newId } from '#lib/id.ts';
import { subscribeCommands, type WorkerCommand } from '#lib/workers/commands.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { setPriority } from '#lib/sessions/set-priority.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

async function upload(documentsTotal = 1): Promise<{ sessionId: string; documentIds: string[] }> {
  const files = await Promise.all(
    Array.from({ length: documentsTotal }, (_, index) => spoolText(context, `${index}.txt`, `text ${newId()}`)),
  );
  const sessionId = await createSession(context, { files, schema: 'invoice', priority: 'normal' });
  const owned = await context.db.select().from(documents).where(eq(documents.sessionId, sessionId));
  return { sessionId, documentIds: owned.map((document) => document.id) };
}

/** Takes all jobs, in the order in which workers would. */
async function claimAll(): Promise<string[]> {
  const order: string[] = [];
  for (;;) {
    // One at a time: a batch comes in no order.
    const [job] = await context.queue.claim(1);
    if (!job) return order;
    order.push(job.documentId);
    await context.db.transaction((tx) => context.queue.settle(tx, job));
  }
}

const progress = {
  stage: 'llm_extraction',
  stages: initialStages,
  progress: 0,
  readerKey: null,
  pagesTotal: 1,
  pagesProcessed: 0,
  pagesFailed: 0,
  remembered: false,
  pageRows: [],
  pageAccountRows: [],
} as const;

describe('setPriority', () => {
  it('moves all waiting documents of a session before those that came earlier, or behind those that come later', async () => {
    const first = await upload();
    const second = await upload(3);
    const third = await upload();
    await setPriority(context, { id: second.sessionId, priority: 'high' });
    await setPriority(context, { id: first.sessionId, priority: 'low' });
    expect(await getSession(context, second.sessionId)).toMatchObject({ priority: 'high' });
    const order = await claimAll();
    expect(new Set(order.slice(0, 3))).toEqual(new Set(second.documentIds));
    expect(order.slice(3)).toEqual([...third.documentIds, ...first.documentIds]);
  });

  it('leaves a document that somebody forced before all others', async () => {
    const forced = await upload();
    const urgent = await upload();
    await forceDocument(context, { id: forced.documentIds[0] ?? '', fresh: false });
    await setPriority(context, { id: urgent.sessionId, priority: 'high' });
    await setPriority(context, { id: forced.sessionId, priority: 'low' });
    expect(await claimAll()).toEqual([...forced.documentIds, ...urgent.documentIds]);
  });

  it('counts for a document that is being worked on and is handed back later', async () => {
    const running = await upload();
    const [job] = await context.queue.claim(1);
    const claim = job && (await claimDocument(context, job));
    if (!claim) throw new Error('nothing was claimed');
    const other = await upload();
    await setPriority(context, { id: running.sessionId, priority: 'high' });
    await returnToQueue(context, claim, progress, null);
    expect(await claimAll()).toEqual([...running.documentIds, ...other.documentIds]);
  });

  it('tells the workers, so that pages in their lanes move too', async () => {
    const { sessionId } = await upload();
    const commands: WorkerCommand[] = [];
    const subscription = await subscribeCommands(context.sql, (command) => commands.push(command));
    await setPriority(context, { id: sessionId, priority: 'low' });
    await until(
      async () => commands,
      (seen) => seen.length > 0,
    );
    await subscription.close();
    expect(commands).toEqual([{ kind: 'priority', sessionId, priority: 2 }]);
  });

  it('answers 404 for unknown and malformed ids, and names a wrong priority', async () => {
    for (const id of [newId(), 'nonsense']) {
      await expect(setPriority(context, { id, priority: 'low' })).rejects.toMatchObject({ status: 404 });
    }
    expect(() => sessionChange.parse({ priority: 'urgent' })).toThrow('must be one of high, normal, low');
  });
});
