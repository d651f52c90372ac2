import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseClient, type Executor, openDatabase, type Transaction } from '#lib/db/client.ts';
import { settings } from '#lib/db/tables/installation.ts';
import { DatabaseUnavailable } from '#lib/db/unavailable.ts';
import { testDatabase } from '#tests/support/database.ts';

const connections = 2;
let database: Awaited<ReturnType<typeof testDatabase>>;
let client: DatabaseClient;
let other: DatabaseClient;
const conflicts: unknown[] = [];

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase(database.url, { max: connections, onConflict: (error) => conflicts.push(error) });
  other = openDatabase(database.url);
});
afterAll(async () => {
  await Promise.all([client.close(), other.close()]);
  await database.drop();
});

describe('a transaction', () => {
  it('whose connection is lost fails as a whole, as an outage, and leaves the pool as it was', async () => {
    // More often than there are connections: none may be leaked.
    for (let time = 0; time <= connections; time++) {
      const lost = client.db.transaction(async (tx) => {
        await put(tx, `lost ${time}`, 1);
        await loseConnection(tx);
        await put(tx, `after ${time}`, 1);
      });
      await expect(lost).rejects.toThrow(DatabaseUnavailable);
    }
    expect(await valuesLike('lost %')).toEqual([]);
    expect(await valuesLike('after %')).toEqual([]);
    await client.db.transaction((tx) => put(tx, 'kept', 1));
    expect(await valuesLike('kept')).toEqual([1]);
  });

  it('throws what its function threw first, also when the connection was lost', async () => {
    const thrown = new Error('mine');
    const failing = client.db.transaction(async (tx) => {
      await loseConnection(tx);
      throw thrown;
    });
    await expect(failing).rejects.toBe(thrown);
  });

  it('is not committed when its function goes on after a statement that failed', async () => {
    const careless = client.db.transaction(async (tx) => {
      await put(tx, 'careless', 1);
      await tx.execute(sql`select 1 / 0`).catch(() => undefined);
    });
    await expect(careless).rejects.toThrow('after a statement that failed');
    expect(await valuesLike('careless')).toEqual([]);
  });

  it('inside another one may fail alone', async () => {
    await client.db.transaction(async (tx) => {
      await put(tx, 'outer', 1);
      await expect(
        tx.transaction(async (inner) => {
          await put(inner, 'inner', 1);
          throw new Error('alone');
        }),
      ).rejects.toThrow('alone');
    });
    expect(await valuesLike('outer')).toEqual([1]);
    expect(await valuesLike('inner')).toEqual([]);
  });

  it('that PostgreSQL ends because of a deadlock is carried out again, and so both are carried out', async () => {
    await put(client.db, 'deadlock a', 0);
    await put(client.db, 'deadlock b', 0);
    const both = meeting(2);
    const add = (first: string, second: string) =>
      client.db.transaction(async (tx) => {
        await increment(tx, first);
        await both();
        await increment(tx, second);
      });
    await Promise.all([add('deadlock a', 'deadlock b'), add('deadlock b', 'deadlock a')]);
    expect(await valuesLike('deadlock %')).toEqual([2, 2]);
    expect(conflicts).toMatchObject([{ code: '40P01' }]);
  });
});

async function put(db: Executor, key: string, value: number): Promise<void> {
  await db.insert(settings).values({ key, value });
}

async function increment(tx: Transaction, key: string): Promise<void> {
  await tx
    .update(settings)
    .set({ value: sql`to_jsonb(${settings.value}::int + 1)` })
    .where(eq(settings.key, key));
}

async function valuesLike(pattern: string): Promise<unknown[]> {
  const { rows } = await client.db.execute(sql`select value from settings where key like ${pattern} order by key`);
  return rows.map(({ value }) => value);
}

/** As when PostgreSQL is restarted. Resolves when the connection is gone. */
async function loseConnection(tx: Transaction): Promise<void> {
  const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  await other.db.execute(sql`select pg_terminate_backend(${rows[0]?.pid}, 30000)`);
}

/** Resolves for the first callers when so many have come, and at once for all later ones. */
function meeting(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === count) resolve();
    return promise;
  };
}
