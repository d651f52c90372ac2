import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import type { Executor } from '#lib/db/client.ts';
import { calibrations } from '#lib/db/tables/layouts.ts';
import { fieldKey } from '#lib/core/fields/path.ts';
import { calibrate, type Outcome } from '#lib/core/values/calibrate.ts';
import { defineTask } from '#lib/queue/tasks.ts';
import { trustOf } from '#lib/core/values/trust.ts';
import type { Value } from '#lib/core/values/value.ts';

/** One recalibration of a schema waits or runs at a time. */
export const recalibrateTask = defineTask('recalibrate', z.object({ schemaId: z.uuid() }), {
  retries: 2,
  expireSeconds: 300,
  waitSeconds: 3600,
  isExclusive: true,
});

/** Sessions are often verified one after the other: what all of them say is worked out together. */
const settleMs = 20_000;

/** Has trust in a schema's values recalibrated soon. That nobody can be told now is no one's loss: the next session tells. */
export async function requestRecalibration(
  { queue, log }: Pick<Context, 'queue' | 'log'>,
  schemaId: string,
  startAfter = new Date(Date.now() + settleMs),
): Promise<void> {
  await queue.tasks
    .request(recalibrateTask, { schemaId }, { key: schemaId, startAfter })
    .catch((error: unknown) => log.warn({ err: error }, 'no worker could be told'));
}

/** Values of so many of the latest verified sessions count: what was mended before may be mended in the schema by now. */
const sessionsBack = 100;
/** So many rows of values at most. */
const maxRows = 20_000;

interface Row extends Record<string, unknown> {
  leaves: Value[];
  extracted: Value[] | null;
  is_deleted: boolean;
}

/** Works out anew, from a schema's verified sessions, how far trust in the values of its fields is from what people found. */
export async function recalibrate({ db }: Pick<Context, 'db'>, schemaId: string): Promise<void> {
  const found = calibrate(await outcomesOf(db, schemaId));
  await db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from schemas where id = ${schemaId} for update`);
    await tx.execute(sql`delete from calibrations where schema_id = ${schemaId}`);
    const rows = [...found].map(([key, calibration]) => ({ schemaId, key, ...calibration }));
    if (rows.length > 0) await tx.insert(calibrations).values(rows);
  });
}

async function outcomesOf(db: Executor, schemaId: string): Promise<Outcome[]> {
  const { rows } = await db.execute<Row>(sql`
    select f.leaves, f.extracted, f.is_deleted
    from (
      select s.id, s.run from sessions s join schema_versions v on v.id = s.schema_version_id
      where v.schema_id = ${schemaId} and s.status = 'verified' order by s.id desc limit ${sessionsBack}
    ) s
    join runs r on r.session_id = s.id and r.number = s.run
    join field_values f on f.run_id = r.id
    limit ${maxRows}`);
  return rows.flatMap(({ leaves, extracted, is_deleted: isDeleted }) =>
    leaves.flatMap((leaf, column): Outcome[] => {
      // A row that a person added says nothing of what was read.
      const read = extracted ? extracted[column] : leaf;
      if (!read || read.value === null) return [];
      const isRight = !isDeleted && read.value === leaf.value;
      return [{ key: fieldKey(read.path), trust: plainTrust(read), isRight }];
    }),
  );
}

/** As it was before anything was known of the installation's own edits, which would count twice. */
function plainTrust({ signals, checks }: Value): number {
  return trustOf(
    signals.filter(({ name }) => name !== 'history'),
    checks,
  );
}
