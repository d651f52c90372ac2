import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actorName, owner } from '#lib/core/actor.ts';
import { events } from '#lib/db/tables/events.ts';
import { edits } from '#lib/db/tables/reviews.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { moveSession } from '#lib/lifecycle/sessions.ts';
import { sweepEvents } from '#lib/lifecycle/sweep-events.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { retrySession } from '#lib/sessions/retry.ts';
import { verifySession } from '#lib/sessions/verify.ts';
import { newId } from '#lib/id.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

async function newSession(): Promise<string> {
  return createSession(context, { files: [await spoolText(context, 'a.txt', `text ${newId()}`)], schema: 'invoice' });
}
const eventsOf = async (id: string) => {
  const rows = await context.db.select().from(events).where(eq(events.sessionId, id)).orderBy(events.id);
  return rows.map(({ type, actor }) => ({ type, actor }));
};

it('a transition leaves one event, with who made it', async () => {
  const user = { kind: 'user', id: newId() } as const;
  const id = await newSession();
  await cancelSession({ ...context, actor: user }, id);
  await retrySession(context, id);
  await deleteSession({ ...context, actor: user }, id);
  expect(await eventsOf(id)).toEqual([
    { type: 'session.created', actor: 'owner' },
    { type: 'session.cancelled', actor: actorName(user) },
    { type: 'session.retried', actor: 'owner' },
    { type: 'session.deleted', actor: actorName(user) },
  ]);
});

it('a verified session names who verified it in its history too', async () => {
  const user = { kind: 'user', id: newId() } as const;
  const id = await newSession();
  await context.db.update(sessions).set({ status: 'in_progress' }).where(eq(sessions.id, id));
  await verifySession({ ...context, actor: user }, { id, reason: null });
  const [edit] = await context.db.select().from(edits).where(eq(edits.sessionId, id));
  expect(edit).toMatchObject({ kind: 'verify', actor: actorName(user) });
});

it('a transition that is rolled back, or refused, leaves none, and notifies no one', async () => {
  const id = await newSession();
  const heard: string[] = [];
  const listening = await context.sql.listen(
    'sluice_sessions',
    (text) => heard.push(text),
    () => undefined,
  );
  const broken = context.db.transaction(async (tx) => {
    await moveSession({ tx, actor: owner }, id, 'cancel');
    throw new Error('the process died');
  });
  await expect(broken).rejects.toThrow('the process died');
  await expect(verifySession(context, { id, reason: null })).rejects.toMatchObject({ status: 409 });
  expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['session.created']);
  await cancelSession(context, id);
  await until(
    async () => heard.length,
    (count) => count > 0,
  );
  await listening.unlisten();
  expect(heard).toEqual([JSON.stringify({ changed: [id] })]);
});

it('events are kept for 30 days, and until they are delivered', async () => {
  const row = { type: 'session.created' as const, run: 1, actor: 'owner' };
  const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`;
  const [old, recent, waiting] = [newId(), newId(), newId()];
  await context.db.insert(events).values([
    { ...row, id: newId(), sessionId: old, createdAt: daysAgo(31), deliveredAt: daysAgo(31) },
    { ...row, id: newId(), sessionId: recent, createdAt: daysAgo(29), deliveredAt: daysAgo(29) },
    { ...row, id: newId(), sessionId: waiting, createdAt: daysAgo(31) },
  ]);
  expect(await sweepEvents(context.db)).toBe(1);
  expect([await eventsOf(old), await eventsOf(recent), await eventsOf(waiting)].map((rows) => rows.length)).toEqual([
    0, 1, 1,
  ]);
});
