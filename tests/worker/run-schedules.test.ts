import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSchedules, startSchedules } from '#worker/run-schedules.ts';
import { takeTurn } from '#lib/queue/turns.ts';
import { testContext, type TestContext, until } from '#tests/support/context.ts';
import { ticks } from './found/schedules/tick.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

it('of two workers one runs a schedule when it is due, and a file in the folder is all it takes', async () => {
  const found = await findSchedules(new URL('./found/schedules/', import.meta.url));
  const workers = [startSchedules(context, found), startSchedules(context, found)];
  await until(
    async () => ticks.length,
    (count) => count > 0,
  );
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(ticks).toEqual(['owner']);
});

it('a schedule is due again when its time has passed, however often workers start', async () => {
  expect(await takeTurn(context.db, 'sweep', 3600_000)).toBe(true);
  expect(await takeTurn(context.db, 'sweep', 3600_000)).toBe(false);
  await context.db.execute(sql`
    update settings set updated_at = now() - interval '61 minutes' where key = 'schedule sweep'`);
  const turns = await Promise.all([1, 2, 3].map(() => takeTurn(context.db, 'sweep', 3600_000)));
  expect(turns.filter(Boolean)).toHaveLength(1);
});

it('a schedule that fails is logged, and the next one runs', async () => {
  const ran: string[] = [];
  const schedules = startSchedules(context, [
    { name: 'fails', everyMs: 3600_000, run: () => Promise.reject(new Error('no')) },
    { name: 'works', everyMs: 3600_000, run: async () => ({ ran: ran.push('works') }) },
  ]);
  await until(
    async () => ran.length,
    (count) => count > 0,
  );
  await schedules.stop();
  expect(ran).toEqual(['works']);
});
