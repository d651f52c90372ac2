import { desc, inArray, sql, and, eq, arrayOverlaps } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { lessons } from '#lib/db/tables/layouts.ts';
import { maxPerLayout, type NewLesson } from './lessons.ts';

/** Pages that share so many of their bands are of one layout for certain. */
const surelyAlike = 16;

/** Forgets the oldest lessons on the layouts of these where there are more than are ever used. */
export async function trimLayout(db: Executor, schemaId: string, learned: readonly NewLesson[]): Promise<void> {
  for (const { bands } of learned) {
    const own = sql`${sql.param([...bands])}::int[]`;
    const shared = sql`(select count(*) from unnest(${lessons.bands}) band where band = any(${own}))`;
    const old = db
      .select({ id: lessons.id })
      .from(lessons)
      .where(and(eq(lessons.schemaId, schemaId), arrayOverlaps(lessons.bands, own), sql`${shared} >= ${surelyAlike}`))
      .orderBy(desc(lessons.id))
      .offset(2 * maxPerLayout);
    await db.delete(lessons).where(inArray(lessons.id, old));
  }
}
