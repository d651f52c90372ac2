import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client.ts';

/**
 * Whether it is time, and this process's turn, to do what is done every so often: of all that ask when it is due, one gets
 * true.
 */
export async function takeTurn(db: Database, name: string, everyMs: number): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    insert into settings (key, value) values (${`schedule ${name}`}, '{}')
    on conflict (key) do update set updated_at = now()
    where settings.updated_at <= now() - make_interval(secs => ${everyMs / 1000})`);
  return rowCount === 1;
}
