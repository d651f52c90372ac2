import { bulkRequest } from '#lib/core/contract/bulk.ts';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessions } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import { changeSessions, countChanges } from '#lib/sessions/bulk.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());
beforeEach(async () => {
  for (const { id } of await context.db.select({ id: sessions.id }).from(sessions)) await deleteSession(context, id);
});

async function upload(name: string): Promise<string> {
  const files = [await spoolText(context, `${name}.txt`, `text ${newId()}`)];
  return createSession(context, { files, schema: 'invoice', name });
}

async function cancelled(name: string): Promise<string> {
  const id = await upload(name);
  await cancelSession(context, id);
  return id;
}

const change = (order: object) => changeSessions(context, bulkRequest.parse(order));
const count = (order: object) => countChanges(context, bulkRequest.parse({ ...order, dry_run: true }));
const statusOf = async (id: string) =>
  (await context.db.select({ status: sessions.status }).from(sessions).where(eq(sessions.id, id)))[0]?.status;

describe('one thing done to many sessions', () => {
  it('is done to those that are named, and refusals are told one by one', async () => {
    const [first, second, running] = [await cancelled('a'), await cancelled('b'), await upload('c')];
    const order = { action: 'retry', ids: [first, second, running] };
    expect(await count(order)).toMatchObject({ count: { number: 2, exact: true } });
    const outcome = await change(order);
    expect(outcome).toMatchObject({ done: 2, skipped: 1, next_cursor: null });
    expect(outcome.refusals).toEqual([{ id: running, message: expect.stringContaining('it is processing') }]);
    expect(await statusOf(first)).toBe('processing');
  });

  it('is done to all under a filter that it concerns, and to no other', async () => {
    const ids = [await upload('spring 1'), await upload('spring 2'), await upload('autumn')];
    const order = { action: 'cancel', filter: { q: 'spring' } };
    expect(await count(order)).toMatchObject({ count: { number: 2, exact: true } });
    expect(await change(order)).toMatchObject({ done: 2, skipped: 0 });
    expect(await Promise.all(ids.map(statusOf))).toEqual(['cancelled', 'cancelled', 'processing']);
    expect(await change(order)).toMatchObject({ done: 0, skipped: 0 });
  });

  it('goes on where the call before ended, and leaves alone what came meanwhile', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 105; index++) ids.push(await upload(`s${index}`));
    const first = await change({ action: 'priority', priority: 'high', filter: {} });
    expect(first).toMatchObject({ done: 100, skipped: 0 });
    const late = await upload('late');
    const second = await change({ action: 'priority', priority: 'high', filter: {}, cursor: first.next_cursor });
    expect(second).toMatchObject({ done: 5, next_cursor: null });
    const rows = await context.db.select({ id: sessions.id }).from(sessions).where(eq(sessions.priority, 0));
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(await statusOf(late)).toBe('processing');
    await change({ action: 'delete', filter: {} });
    await change({ action: 'delete', filter: {} });
    expect(await context.db.select().from(sessions).where(inArray(sessions.id, ids))).toEqual([]);
  }, 60_000);

  it('of sessions that are gone, or ids that are none, does nothing', async () => {
    expect(await change({ action: 'delete', ids: [newId(), 'nonsense'] })).toMatchObject({ done: 0, skipped: 0 });
  });

  it('says what missing pages may cost, by what the others cost', async () => {
    const id = await cancelled('paid');
    await context.db
      .update(sessions)
      .set({ costUsd: 0.5, pagesTotal: 20, pagesProcessed: 10 })
      .where(eq(sessions.id, id));
    expect((await count({ action: 'retry', ids: [id] })).cost_usd).toBeCloseTo(0.5);
    expect((await count({ action: 'delete', ids: [id] })).cost_usd).toBe(0);
  });
});

it.each([
  ['an action that there is not', { action: 'explode', ids: ['x'] }, 'must be one of retry, cancel, delete, priority'],
  ['neither ids nor a filter', { action: 'delete' }, 'needs either ids or a filter'],
  ['both', { action: 'delete', ids: ['x'], filter: {} }, 'needs either ids or a filter'],
  ['a filter with a name that there is not', { action: 'delete', filter: { stauts: 'failed' } }, 'stauts'],
  ['a priority with another action', { action: 'delete', ids: ['x'], priority: 'low' }, 'belongs to the action'],
  ['no priority', { action: 'priority', ids: ['x'] }, 'belongs to the action'],
  ['nothing', { action: 'delete', ids: [] }, 'lists no sessions'],
])('an order with %s is refused', (_, order, message) => {
  const { error } = bulkRequest.safeParse(order);
  expect(JSON.stringify(error?.issues)).toContain(message);
});
