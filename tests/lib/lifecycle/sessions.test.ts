import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { retrySession } from '#lib/sessions/retry.ts';
import {
  sessionStatuses,
  type SessionStatus,
  sessionTransitions,
  type SessionTransition,
} from '#lib/core/lifecycle.ts';
import { owner } from '#lib/core/actor.ts';
import { moveSession } from '#lib/lifecycle/sessions.ts';
import { newId } from '#lib/id.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

async function newSession(): Promise<string> {
  return createSession(context, { files: [await spoolText(context, 'a.txt', `text ${newId()}`)], schema: 'invoice' });
}

const setStatus = (id: string, status: SessionStatus, partial = false) =>
  context.db.update(sessions).set({ status, partial }).where(eq(sessions.id, id));

describe('transitions of a session', () => {
  const names = (Object.keys(sessionTransitions) as SessionTransition[]).filter((name) => name !== 'create');
  for (const transition of names) {
    for (const status of sessionStatuses) {
      const from: readonly SessionStatus[] = sessionTransitions[transition].from;
      const allowed = from.includes(status);
      it(`${transition} from ${status} is ${allowed ? 'allowed' : 'refused with 409'}`, async () => {
        const id = await newSession();
        await setStatus(id, status, true);
        const moving = context.db.transaction((tx) => moveSession({ tx, actor: owner }, id, transition));
        if (allowed) await expect(moving).resolves.toMatchObject({ status: sessionTransitions[transition].to });
        else await expect(moving).rejects.toMatchObject({ status: 409 });
      });
    }
  }

  it('refuses to retry a complete session', async () => {
    const id = await newSession();
    await setStatus(id, 'in_progress');
    await expect(retrySession(context, id)).rejects.toMatchObject({ status: 409 });
  });

  it('answers 404 for unknown and malformed ids', async () => {
    for (const id of [newId(), 'nonsense']) {
      await expect(cancelSession(context, id)).rejects.toMatchObject({ status: 404 });
      await expect(retrySession(context, id)).rejects.toMatchObject({ status: 404 });
      await expect(deleteSession(context, id)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('lets one of two cancels win', async () => {
    const id = await newSession();
    const results = await Promise.allSettled([cancelSession(context, id), cancelSession(context, id)]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes the jobs of a cancelled session from the queue and gives new ones on retry', async () => {
    const id = await newSession();
    await cancelSession(context, id);
    const live = () =>
      context.db.execute(
        sql`select 1 from pgboss.job j join documents d on d.job_id = j.id where d.session_id = ${id} and j.state = 'created'`,
      );
    expect(await live()).toMatchObject({ rowCount: 0 });
    expect((await getSession(context, id)).status).toBe('cancelled');
    await retrySession(context, id);
    expect(await live()).toMatchObject({ rowCount: 1 });
    expect(await getSession(context, id)).toMatchObject({
      status: 'processing',
      failure: null,
      documents: [{ status: 'queued' }],
    });
  });

  it('retries only the documents that gave no result', async () => {
    const spooled = [await spoolText(context, 'good.txt', 'good'), await spoolText(context, 'bad.txt', 'bad')];
    const id = await createSession(context, { files: spooled, schema: 'invoice' });
    await context.db.update(documents).set({ status: 'completed' }).where(eq(documents.sessionId, id));
    await context.db
      .update(documents)
      .set({ status: 'failed', failureReason: 'internal', failureMessage: 'broke' })
      .where(sql`session_id = ${id} and name = 'bad.txt'`);
    await setStatus(id, 'in_progress', true);
    await retrySession(context, id);
    const { documents: after } = await getSession(context, id);
    expect(after.map((document) => document.status)).toEqual(['completed', 'queued']);
  });
});
