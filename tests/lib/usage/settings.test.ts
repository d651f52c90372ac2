import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settings, usage } from '#lib/db/tables/installation.ts';
import { newId } from '#lib/id.ts';
import { getSettings } from '#lib/usage/get-settings.ts';
import { putSettings } from '#lib/usage/put-settings.ts';
import { recordUsage, reserve, spentThisMonth } from '#lib/usage/budget.ts';
import { testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());
beforeEach(async () => {
  await context.db.delete(usage);
  await context.db.delete(settings);
});

const callOf = (sessionId = newId()) => ({ sessionId, documentId: newId(), model: 'm' });
const setMonth = (usd: number | null) => putSettings(context, { budgets: { month_usd: usd } });
/** A call that is reserved, made and written down. */
async function spend(likely: number, spent: number, call = callOf()): Promise<void> {
  const release = await reserve(context.db, call, likely);
  await recordUsage(context.db, { id: newId(), ...call, costUsd: spent, outcome: 'ok' });
  await release?.();
}

describe('settings', () => {
  it('are no budget and no prices at first, and keep what a change does not name', async () => {
    expect(await getSettings(context)).toEqual({ budgets: { month_usd: null, session_usd: null }, prices: {} });
    const prices = { 'gpt-5-mini': { input: 0.25, cached: 0.025, output: 2 } };
    await putSettings(context, { prices });
    await putSettings(context, { budgets: { month_usd: 50 } });
    await putSettings(context, { budgets: { session_usd: 1.5 } });
    expect(await getSettings(context)).toEqual({ budgets: { month_usd: 50, session_usd: 1.5 }, prices });
    await putSettings(context, { budgets: { month_usd: null }, prices: {} });
    expect(await getSettings(context)).toEqual({ budgets: { month_usd: null, session_usd: 1.5 }, prices: {} });
  });

  it.each([
    [{ budgets: { month_usd: -1 } }, 'must not be negative'],
    [{ budgets: { month_usd: 'much' } }, 'must be a number of US dollars'],
    [{ budgets: { year_usd: 1 } }, 'year_usd'],
    [{ prices: { m: { input: 1 } } }, 'must be a number of US dollars'],
    [{ prices: { '': { input: 1, cached: 1, output: 1 } } }, 'must name a model'],
  ])('refuse %j and say why', async (body, why) => {
    await expect(putSettings(context, body)).rejects.toThrow(why);
    expect(await context.db.$count(settings)).toBe(0);
  });
});

describe('a budget', () => {
  it('sets nothing aside while there is none', async () => {
    expect(await reserve(context.db, callOf(), 1000)).toBeNull();
    expect(await context.db.$count(usage)).toBe(0);
  });

  it('of the month refuses the call that would pass it, and allows one that would not', async () => {
    await setMonth(1);
    await spend(0.5, 0.4);
    await spend(0.5, 0.4);
    await expect(reserve(context.db, callOf(), 0.3)).rejects.toMatchObject({ name: 'BudgetSpent', which: 'month' });
    await spend(0.2, 0.1);
    expect(await spentThisMonth(context.db)).toBeCloseTo(0.9, 6);
  });

  it('counts what was spent before it was set', async () => {
    await recordUsage(context.db, { id: newId(), ...callOf(), costUsd: 5, outcome: 'ok' });
    await setMonth(5.5);
    await expect(reserve(context.db, callOf(), 1)).rejects.toMatchObject({ which: 'month' });
  });

  it('of a session leaves other sessions alone', async () => {
    await putSettings(context, { budgets: { session_usd: 1 } });
    const call = callOf();
    await spend(0.9, 0.9, call);
    await expect(reserve(context.db, call, 0.2)).rejects.toMatchObject({ which: 'session' });
    await spend(0.2, 0.2);
  });

  it('gives no dollar to two calls at the same time', async () => {
    await setMonth(1);
    const asked = Array.from({ length: 20 }, () => reserve(context.db, callOf(), 0.1));
    const results = await Promise.allSettled(asked);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('is not lessened for ever by calls whose worker was lost', async () => {
    await setMonth(1);
    await reserve(context.db, callOf(), 0.9);
    await expect(reserve(context.db, callOf(), 0.5)).rejects.toMatchObject({ which: 'month' });
    await context.db.update(usage).set({ createdAt: sql`now() - interval '2 hours'` });
    // A minute later.
    await context.db.execute(
      sql`update settings set value = value || '{"counted_at": "2020-01-01"}' where key like 'spent %'`,
    );
    expect(await reserve(context.db, callOf(), 0.5)).not.toBeNull();
    expect(await context.db.$count(usage, eq(usage.outcome, 'reserved'))).toBe(1);
  });

  it('gets back what was set aside last month in the month it was set aside in', async () => {
    await setMonth(10);
    await spend(2, 2);
    const release = await reserve(context.db, callOf(), 3);
    // The call outlives the month.
    await context.db.update(usage).set({ createdAt: sql`created_at - interval '1 month'` });
    await context.db.execute(sql`
      update settings set key = 'spent ' || to_char(now() at time zone 'utc' - interval '1 month', 'YYYY-MM')
      where key like 'spent %'`);
    await context.db.execute(sql`
      insert into settings (key, value) values
        ('spent ' || to_char(now() at time zone 'utc', 'YYYY-MM'), '{"usd": 1, "counted_at": "infinity"}')`);
    await release?.();
    const { rows: counters } = await context.db.execute<{ usd: number }>(
      sql`select (value->>'usd')::float8 as usd from settings where key like 'spent %' order by key`,
    );
    expect(counters.map(({ usd }) => usd)).toEqual([2, 1]);
  });

  it('counts a call once, also when it is written down twice', async () => {
    await setMonth(10);
    await spend(1, 1);
    const call = { id: newId(), ...callOf(), costUsd: 2, outcome: 'ok' };
    await recordUsage(context.db, call);
    await recordUsage(context.db, call);
    expect(await spentThisMonth(context.db)).toBeCloseTo(3, 6);
    await expect(reserve(context.db, callOf(), 7.01)).rejects.toMatchObject({ which: 'month' });
    await spend(6.99, 6.99);
  });
});
