import { sql } from 'drizzle-orm';
import { inject, it, expect } from 'vitest';
import { openDatabase } from '#lib/db/client.ts';
import { keepAlive } from '#lib/db/keep-alive.ts';
import { until } from '#tests/support/context.ts';

const maxIdleMs = 1000;

it('a transaction that waits for something else outlives the idle limit', async () => {
  const client = openDatabase(inject('postgresUrl'), { max: 2, idleTransactionMs: maxIdleMs });
  try {
    const result = client.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      const isOld = async () => {
        const found = await client.db.execute(sql`
          select 1 from pg_stat_activity
          where pid = ${rows[0]?.pid} and xact_start < now() - make_interval(secs => ${(2.5 * maxIdleMs) / 1000})`);
        return found.rows.length > 0;
      };
      await keepAlive(tx, () => until(isOld, Boolean, 60_000), 50);
      return tx.execute(sql`select 1 as alive`);
    });
    expect((await result).rows).toEqual([{ alive: 1 }]);
  } finally {
    await client.close();
  }
}, 120_000);
