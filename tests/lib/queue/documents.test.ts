import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents } from '#lib/db/tables/sessions.ts';
import { claimDocument } from '#lib/documents/claim.ts';
import { failDeadJob } from '#lib/documents/settle.ts';
import type { Priority } from '#lib/core/schema/definition.ts';
import { newId } from '#lib/id.ts';
import type { DocumentJob } from '#lib/queue/documents.ts';
import { openQueue, type Queue } from '#lib/queue/open.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';

let context: TestContext;
let monitor: Queue;
beforeAll(async () => {
  context = await testContext();
  monitor = await openQueue(context.env.DATABASE_URL ?? '', { monitor: true, log: context.log });
});
afterAll(async () => {
  await monitor.close();
  await context.close();
});

async function upload(priority: Priority): Promise<{ sessionId: string; documentId: string }> {
  const file = await spoolText(context, 'a.txt', `text ${newId()}`);
  const sessionId = await createSession(context, { files: [file], schema: 'invoice', priority });
  const [document] = (await getSession(context, sessionId)).documents;
  return { sessionId, documentId: document?.id ?? '' };
}

const settle = (jobs: readonly DocumentJob[]) =>
  context.db.transaction(async (tx) => {
    for (const job of jobs) await context.queue.settle(tx, job);
  });

/** As if its worker had been killed a while ago. */
const loseHeartbeat = (job: DocumentJob, more = sql``) =>
  context.db.execute(
    sql`update pgboss.job set heartbeat_on = now() - interval '1 minute' ${more} where id = ${job.id}`,
  );

describe('the queue', () => {
  it('gives high before normal before low, and urgent jobs alone where only they are wanted', async () => {
    const low = await upload('low');
    const normal = await upload('normal');
    const high = await upload('high');
    const urgent = await context.queue.claim(3, { urgentOnly: true });
    expect(urgent.map((job) => job.documentId)).toEqual([high.documentId]);
    const others = [...(await context.queue.claim(1)), ...(await context.queue.claim(1))];
    expect(others.map((job) => job.documentId)).toEqual([normal.documentId, low.documentId]);
    await settle([...urgent, ...others]);
  });

  it('gives the jobs of a batch in which one cannot be read', async () => {
    const { documentId } = await upload('low');
    await context.db.execute(
      sql`insert into pgboss.job (name, data, priority) values ('documents', '{"later": 1}', 2)`,
    );
    const jobs = await context.queue.claim(2);
    expect(jobs.map((job) => job.documentId)).toEqual([documentId]);
    await settle(jobs);
    await context.db.execute(sql`delete from pgboss.job where data = '{"later": 1}'`);
  });

  it('gives the job of a lost worker to another, and the lost one can neither touch nor settle it', async () => {
    const { documentId } = await upload('normal');
    const [lost] = await context.queue.claim(1);
    if (!lost) throw new Error('nothing was claimed');
    expect(await context.queue.touch([lost])).toEqual(new Set([lost.id]));
    await loseHeartbeat(lost);
    const again = await until(
      () => context.queue.claim(1),
      (jobs) => jobs.length === 1,
    );
    expect(again).toMatchObject([{ id: lost.id, documentId, lost: 1 }]);
    expect(await context.queue.touch([lost])).toEqual(new Set());
    await expect(settle([lost])).rejects.toThrow('no longer');
    await settle(again);
  });

  it('settles the row of a document whose job the queue itself gave up', async () => {
    const { sessionId, documentId } = await upload('normal');
    const [job] = await context.queue.claim(1);
    if (!job) throw new Error('nothing was claimed');
    await claimDocument(context, job);
    await loseHeartbeat(job, sql`, retry_limit = 0`);
    const [dead] = await until(
      () => context.queue.claimDead(1),
      (jobs) => jobs.length === 1,
    );
    if (!dead) throw new Error('nothing was dead');
    await failDeadJob(context, dead);
    expect(await getSession(context, sessionId)).toMatchObject({
      status: 'failed',
      failure: { reason: 'worker_lost' },
    });
    expect(await context.db.select().from(documents).where(eq(documents.id, documentId))).toMatchObject([
      { status: 'failed' },
    ]);
  });
});
