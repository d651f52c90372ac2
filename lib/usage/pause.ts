import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '#lib/db/client.ts';
import { settings } from '#lib/db/tables/installation.ts';
import { commandWorkers } from '#lib/workers/commands.ts';

const key = 'lane_pause';
const pauseSchema = z.object({ until: z.number(), reason: z.string() });

/** No lane of any worker starts a call before `until` (milliseconds since the epoch). */
export type LanePause = z.output<typeof pauseSchema>;

/** Tells the lanes of all workers to pause; of two pauses the longer counts. */
export async function sharePause(db: Database, pause: LanePause): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .insert(settings)
      .values({ key, value: pause })
      .onConflictDoUpdate({
        target: settings.key,
        set: { value: sql`excluded.value`, updatedAt: sql`now()` },
        setWhere: sql`(${settings.value}->>'until')::float8 < (excluded.value->>'until')::float8`,
      });
    await commandWorkers(tx, { kind: 'pause', ...pause });
  });
}

/** The pause that is in force, for a worker that starts and for screens; null when the lanes run. */
export async function currentPause(db: Database): Promise<LanePause | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, key));
  const pause = pauseSchema.safeParse(row?.value).data;
  return pause && pause.until > Date.now() ? pause : null;
}
