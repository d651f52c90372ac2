import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transaction } from '#lib/db/client.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { createSession } from '#lib/sessions/create.ts';
import { budgetReasons, resumeWaiting } from '#lib/usage/budget.ts';
import { getProcessorStatus } from '#lib/workers/status.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

/** Completed documents besides. */
const others = 3000;

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
  const names = ['a', 'b', 'c', 'd', 'e'];
  const files = await Promise.all(names.map((name) => spoolText(context, `${name}.txt`, `text ${name}`)));
  await createSession(context, { files, schema: 'invoice' });
  const statuses = ['completed', 'completed', 'failed', 'llm_extraction'] as const;
  for (const [position, status] of statuses.entries())
    await context.db.update(documents).set({ status }).where(eq(documents.position, position));
  await context.db.execute(sql`
    insert into documents (id, session_id, position, name, sha256, type, bytes, status, stage_states)
    select gen_random_uuid(), session_id, 10 + number, name, sha256, type, bytes, status, stage_states
    from documents, generate_series(1, ${others}) as number where position = 0`);
  await context.db.execute(sql`vacuum analyze documents`);
});
afterAll(() => context.close());

/** How often a look reads all documents, of which there are too many for that. */
async function scansOf(look: (tx: Transaction) => Promise<unknown>): Promise<number> {
  return context.db.transaction(async (tx) => {
    const counted = async () => {
      const { rows } = await tx.execute<{ scans: number }>(
        sql`select seq_scan::int as scans from pg_stat_xact_user_tables where relname = 'documents'`,
      );
      return rows[0]?.scans ?? Number.NaN;
    };
    const before = await counted();
    await look(tx);
    return (await counted()) - before;
  });
}

describe('the status of all workers', () => {
  it('counts documents by what became of them, and lists those that run', async () => {
    const status = await getProcessorStatus(context);
    expect(status).toMatchObject({ queued: 1, active: 1, completed: 2 + others, failed: 1 });
    expect(status.documents).toMatchObject([{ name: 'd.txt', stage: 'llm_extraction' }]);
  });

  it('is read from an index, however many documents there are', async () => {
    const scans = await scansOf(async (tx) => {
      // Of so few documents a scan is cheap, too: PostgreSQL avoids it where an index allows that.
      await tx.execute(sql`set local enable_seqscan = off`);
      await getProcessorStatus({ db: tx });
    });
    expect(scans).toBe(0);
  });
});

describe('documents that wait for a budget', () => {
  it('are found by an index, and moved to the front of their time', async () => {
    const until = new Date(Date.now() + 3600_000).toISOString();
    const [waiting] = await context.db
      .update(documents)
      .set({ waiting: { reason: budgetReasons.month, until } })
      .where(eq(documents.position, 4))
      .returning();
    await context.db.execute(sql`update pgboss.job set start_after = ${until} where id = ${waiting?.jobId}`);
    expect(await context.queue.claim(9)).not.toContainEqual(expect.objectContaining({ id: waiting?.jobId }));
    expect(await scansOf((tx) => resumeWaiting(tx, context.queue))).toBe(0);
    expect(await context.queue.claim(9)).toMatchObject([{ id: waiting?.jobId }]);
  });
});
