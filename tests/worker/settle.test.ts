import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs, sessions } from '#lib/db/tables/sessions.ts';
import { DatabaseUnavailable } from '#lib/db/unavailable.ts';
import { claimDocument } from '#lib/documents/claim.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import type { DocumentProgress, PageRow } from '#lib/documents/progress.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { newId } from '#lib/id.ts';
import type { AccountResult } from '#lib/results/account-result.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import { openReporter } from '#worker/document/report.ts';
import { settle } from '#worker/settle.ts';
import { startWorker } from '#worker/worker.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

async function claimOne(): Promise<Claim> {
  const file = await spoolText(context, 'a.txt', `text ${newId()}`);
  await createSession(context, { files: [file], schema: 'invoice' });
  const [job] = await context.queue.claim(1);
  const claim = job && (await claimDocument(context, job));
  if (!claim) throw new Error('nothing was claimed');
  return claim;
}

const progress: DocumentProgress = {
  stage: 'llm_extraction',
  stages: structuredClone(initialStages),
  progress: 99,
  readerKey: 'reader',
  pagesTotal: 1,
  pagesProcessed: 1,
  pagesFailed: 0,
  remembered: true,
  pageRows: [],
  pageAccountRows: [],
};
const page: PageRow = { pageNum: 0, engine: 'builtin', status: 'completed' };
/** No column holds such a number. */
const unwritable: PageRow = { ...page, pageNum: 2 ** 40 };

const account: AccountResult = {
  accountIndex: 0,
  accountNumber: null,
  evidencePages: [0],
  pages: [0],
  boundaries: [],
  rows: [],
};
const definition = parseDefinition({ slug: 'a', name: 'A', fields: { properties: { b: { type: 'string' } } } });
const done = (accounts: AccountResult[]) => ({
  kind: 'done' as const,
  result: { definition, accounts, notice: null },
});
const failedInside = { status: 'failed', failure: { reason: 'internal' } };
const jobsLeft = async ({ job }: Claim) => {
  const { rows } = await context.db.execute(
    sql`select 1 from pgboss.job where id = ${job.id} and state in ('created', 'retry', 'active')`,
  );
  return rows.length;
};

describe('an outcome that cannot be written', () => {
  it('for a fault of ours fails the document at once, and its job with it', async () => {
    const claim = await claimOne();
    let tries = 0;
    const db = new Proxy(context.db, {
      get(target, name, receiver) {
        if (name === 'transaction') tries += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    // Two accounts with one number: the table refuses the second.
    await settle({ ...context, db }, claim, progress, done([account, account]), context.log);
    expect(await getSession(context, claim.sessionId)).toMatchObject(failedInside);
    expect([tries, await jobsLeft(claim)]).toEqual([2, 0]);
  });

  it('for the rows of a page fails the document without them', async () => {
    const claim = await claimOne();
    await settle(context, claim, { ...progress, pageRows: [unwritable] }, done([account]), context.log);
    expect(await getSession(context, claim.sessionId)).toMatchObject(failedInside);
    expect(await jobsLeft(claim)).toBe(0);
  });

  it('while the database is away is written when it is back', async () => {
    const claim = await claimOne();
    let isAway = true;
    const db = new Proxy(context.db, {
      get(target, name, receiver) {
        if (name !== 'transaction' || !isAway) return Reflect.get(target, name, receiver);
        isAway = false;
        return () => Promise.reject(new DatabaseUnavailable(new Error('gone')));
      },
    });
    await settle({ ...context, db }, claim, progress, done([account]), context.log);
    expect(await getSession(context, claim.sessionId)).toMatchObject({ status: 'in_progress' });
  });
});

describe('progress that cannot be written', () => {
  it('breaks the document off instead of being tried for ever', async () => {
    const claim = await claimOne();
    const broken: unknown[] = [];
    const report = openReporter(context, claim, context.log, (error) => broken.push(error));
    report.page(unwritable);
    await until(
      async () => broken,
      (errors) => errors.length > 0,
    );
    const last = await report.close();
    expect([broken.length, last.pageRows.length]).toEqual([1, 1]);
    await settle(context, claim, last, done([account]), context.log);
    expect(await getSession(context, claim.sessionId)).toMatchObject(failedInside);
  });
});

describe('a job that cannot be claimed', () => {
  it('for a fault of ours fails its document instead of coming back for ever', async () => {
    const file = await spoolText(context, 'b.txt', 'text');
    const id = await createSession(context, { files: [file], schema: 'invoice' });
    // Its run is missing, which no verb of ours brings about.
    await context.db.update(sessions).set({ run: 7 }).where(eq(sessions.id, id));
    const worker = await startWorker(context, () => {});
    try {
      const failed = await until(
        () => getSession(context, id).catch(() => null),
        (session) => session?.status === 'failed',
      );
      expect(failed).toMatchObject(failedInside);
    } finally {
      await worker.stop(0);
    }
    expect(await context.db.$count(runs, eq(runs.sessionId, id))).toBe(1);
  });
});
