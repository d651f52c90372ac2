import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workers } from '#lib/db/tables/installation.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import type { Priority } from '#lib/core/fields/choices.ts';
import { newId } from '#lib/id.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getForecast } from '#lib/sessions/forecast.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

async function upload(texts: readonly string[], priority: Priority = 'normal'): Promise<string> {
  const files = await Promise.all(texts.map((text, index) => spoolText(context, `${index}.txt`, text)));
  return createSession(context, { files, schema: 'invoice', priority });
}

it('a session knows how many documents go before it, and about how long that takes', async () => {
  const first = await upload(['a', 'b']);
  const second = await upload(['c']);
  const urgent = await upload(['d', 'e', 'f'], 'high');
  const before = async (id: string) => (await getForecast(context, id)).queued_before;
  expect([await before(urgent), await before(first), await before(second)]).toEqual([0, 3, 5]);

  expect((await getForecast(context, second)).seconds_left).toBeNull();
  await context.db.insert(workers).values({ id: newId(), name: 'w', host: 'h', slots: 2, isolation: 'none' });
  const ended = await upload(['g']);
  const [startedAt, finishedAt] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:10Z')];
  await context.db
    .update(documents)
    .set({ status: 'completed', startedAt, finishedAt })
    .where(eq(documents.sessionId, ended));
  await context.db.update(sessions).set({ status: 'in_progress' }).where(eq(sessions.id, ended));
  // Five before it and itself, ten seconds each, two at a time.
  expect((await getForecast(context, second)).seconds_left).toBe(30);
  expect(await getForecast(context, ended)).toMatchObject({ queued_before: null, seconds_left: null });
});

it('the latest earlier session with the same file is named, of each file', async () => {
  const older = await upload(['same 1']);
  const old = await upload(['same 1', 'same 2']);
  const id = await upload(['same 2', 'new', 'same 1']);
  const { duplicates } = await getForecast(context, id);
  expect(duplicates.map(({ session_id }) => session_id)).toEqual([old, old]);
  expect((await getForecast(context, older)).duplicates).toEqual([]);
});

it('an unknown session has none', () =>
  expect(getForecast(context, newId())).rejects.toMatchObject({ status: 404, code: 'unknown_session' }));
