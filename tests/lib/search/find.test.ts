import { bulkRequest } from '#lib/core/contract/bulk.ts';
import type { Count } from '#lib/core/contract/common.ts';
import type { SessionFilter } from '#lib/core/contract/sessions.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSchema } from '#lib/schemas/put.ts';
import { countChanges } from '#lib/sessions/bulk.ts';
import { listSessions } from '#lib/sessions/list.ts';
import { type TestContext, testContext } from '#tests/support/context.ts';

/** So many that all are not counted any more, but believed to be more than 10,000. */
const total = 31_000;
let context: TestContext;

/** The numbers in the names of a page, after so many pages before it. */
async function page(query: SessionFilter, before = 0) {
  let cursor: string | undefined;
  for (let seen = 0; seen < before; seen++) {
    cursor = (await listSessions(context, { ...query, limit: 3, ...(cursor ? { cursor } : {}) })).next_cursor ?? '';
  }
  const { sessions, count } = await listSessions(context, { ...query, limit: 3, ...(cursor ? { cursor } : {}) });
  return { numbers: sessions.map(({ name }) => Number(name.slice(name.indexOf('-') + 1))), count };
}

const exactly = (number: number) => ({ number, exact: true });
const more = { number: 10_000, exact: false };

beforeAll(async () => {
  context = await testContext();
  const { db } = context;
  const fields = { type: 'object', properties: { Total: { type: 'number' } } };
  await putSchema({ db }, { slug: 'order', definition: { name: 'Order', fields } });
  await putSchema({ db }, { slug: 'order', definition: { name: 'Order, newer', fields } });
  // Every second session is of the second version; each thousandth failed; the older half are of the north.
  await db.execute(sql`
    insert into sessions (id, name, schema_version_id, engine, status, priority, documents_total)
    select uuidv7(n * interval '1 s'), 'order-' || n, v.id, 'builtin',
      case when n % 1000 = 0 then 'failed' else 'verified' end::session_status, 1, 1
    from generate_series(1, ${total}::int) n
    join schema_versions v on v.version = 1 + n % 2 join schemas s on s.id = v.schema_id and s.slug = 'order'`);
  await db.execute(sql`
    insert into session_search (session_id, words)
    select id, array_to_tsvector(array[case when number <= 10100 then 'north' else 'south' end, 'all', 'n' || number])
    from sessions, lateral (select substr(name, 7)::int as number) numbered`);
  await db.execute(sql`analyze`);
});
afterAll(() => context.close());

describe('of many sessions', () => {
  it('a page has the newest, and the next goes on', async () => {
    expect(await page({})).toEqual({ numbers: [31_000, 30_999, 30_998], count: more });
    expect(await page({}, 2)).toEqual({ numbers: [30_994, 30_993, 30_992], count: more });
  });

  it('those of a schema come in order over its versions', async () => {
    expect(await page({ schema: 'order' }, 1)).toEqual({ numbers: [30_997, 30_996, 30_995], count: more });
    expect(await page({ schema: '', q: '' })).toMatchObject({ numbers: [31_000, 30_999, 30_998] });
    expect(await page({ schema: 'invoice' })).toEqual({ numbers: [], count: exactly(0) });
  });

  it('few under a filter are counted exactly', async () => {
    expect(await page({ status: 'failed' }, 1)).toEqual({ numbers: [28_000, 27_000, 26_000], count: exactly(31) });
    expect(await page({ status: 'failed', schema: 'order' })).toMatchObject({ count: exactly(31) });
    expect(await page({ status: 'verified' })).toMatchObject({ count: more });
    expect(await page({ status: 'cancelled' })).toEqual({ numbers: [], count: exactly(0) });
  });

  it.each<[string, SessionFilter, number[], Count]>([
    ['a word that few have', { q: 'n117' }, [11_799, 11_798, 11_797], exactly(111)],
    ['a word that all have', { q: 'all' }, [31_000, 30_999, 30_998], more],
    ['a word that many have, but none of the newest', { q: 'north' }, [10_100, 10_099, 10_098], more],
    ['a part of a name that all have', { q: 'rder-' }, [31_000, 30_999, 30_998], more],
    ['a part of a name that few have', { q: 'er-3100' }, [31_000, 3100], exactly(2)],
    ['a word under a filter', { q: 'north', status: 'failed' }, [10_000, 9000, 8000], exactly(10)],
    ['a word under a schema', { q: 'all', schema: 'order' }, [31_000, 30_999, 30_998], more],
  ])('finds %s', async (_, query, numbers, count) => {
    const found = await page(query);
    expect(found.count).toEqual(count);
    expect(found.numbers).toEqual(numbers);
  });

  it('a search goes on with the next page', async () => {
    expect(await page({ q: 'all' }, 1)).toEqual({ numbers: [30_997, 30_996, 30_995], count: more });
    expect(await page({ q: 'north', status: 'failed' }, 1)).toEqual({
      numbers: [7000, 6000, 5000],
      count: exactly(10),
    });
  });

  it('what a bulk action would change is counted the same way', async () => {
    const count = async (order: object) => (await countChanges(context, bulkRequest.parse(order))).count;
    expect(await count({ action: 'delete', filter: {} })).toEqual(more);
    expect(await count({ action: 'delete', filter: { q: 'n117' } })).toEqual(exactly(111));
    expect(await count({ action: 'cancel', filter: { schema: 'order' } })).toEqual(exactly(0));
    expect(await count({ action: 'retry', filter: {} })).toEqual(exactly(31));
  });
});
