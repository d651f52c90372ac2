import { sql } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import type { History, PastValues } from '#lib/core/values/past-edits.ts';
import { fieldKey, parsePath, rowIndexAt } from '#lib/core/fields/path.ts';

/** The past is so many sessions long: what people mended in older ones may be mended in the schema by now. */
const sessionsBack = 50;
/** It is looked for among so many of the latest verified sessions of all schemas. */
const sessionsSeen = 2000;

/**
 * How often people changed each field in the latest verified sessions of a run's schema, whatever its version: values
 * that the sessions have, and those among them that a person set and no one took back. What it reads has a limit, however
 * many sessions there are.
 */
export async function pastEdits(db: Executor, runId: string): Promise<History> {
  const past = await pastSessions(db, runId);
  if (past.length === 0) return new Map();
  const sessionIds = sql.param(past.map(({ id }) => id));
  const runIds = sql.param(past.map(({ runId: latest }) => latest));
  const { rows: reverts } = await db.execute<Revert>(sql`
    select distinct change_id as by, reverts_change_id as change from edits
    where session_id = any(${sessionIds}::uuid[]) and reverts_change_id is not null`);
  const reverted = revertedChanges(reverts);
  const { rows: changes } = await db.execute<{ path: string; changed: number }>(sql`
    select path, count(distinct (session_id, document_id, account_index))::int as changed from edits
    where session_id = any(${sessionIds}::uuid[]) and kind = 'set' and path is not null
      and change_id <> all(${sql.param([...reverted])}::uuid[])
    group by path`);
  const { rows: counts } = await db.execute<{ path: string; is_row: boolean; of: number }>(sql`
    select path, row_id is not null as is_row, count(*)::int as of from field_values
    where run_id = any(${runIds}::uuid[]) and not is_deleted
    group by 1, 2`);
  return withShifts(db, runId, toHistory(changes, counts));
}

/** The same with what was worked out of it for trust (`recalibrate`). */
async function withShifts(db: Executor, runId: string, history: Map<string, PastValues>): Promise<History> {
  const { rows } = await db.execute<{ key: string; shift: number; changed: number; of: number }>(sql`
    select c.key, c.shift::float8 as shift, c.changed, c.of
    from runs r join schema_versions v on v.id = r.schema_version_id join calibrations c on c.schema_id = v.schema_id
    where r.id = ${runId}`);
  for (const { key, ...past } of rows) history.set(key, past);
  return history;
}

async function pastSessions(db: Executor, runId: string): Promise<{ id: string; runId: string }[]> {
  const { rows } = await db.execute<{ id: string; run_id: string }>(sql`
    select s.id, r.id as run_id
    from runs current
    join schema_versions v on v.id = current.schema_version_id
    join schema_versions other on other.schema_id = v.schema_id
    join (
      select id, run, schema_version_id from sessions where status = 'verified' order by id desc limit ${sessionsSeen}
    ) s on s.schema_version_id = other.id
    join runs r on r.session_id = s.id and r.number = s.run
    where current.id = ${runId}
    order by s.id desc limit ${sessionsBack}`);
  return rows.map((row) => ({ id: row.id, runId: row.run_id }));
}

/** A change that takes back another. */
interface Revert extends Record<string, unknown> {
  by: string;
  change: string;
}

/** The changes that are taken back now: one whose undo was itself undone is in force again. */
export function revertedChanges(reverts: Iterable<Pick<Revert, 'by' | 'change'>>): Set<string> {
  const all = [...reverts];
  const targets = Map.groupBy(all, ({ by }) => by);
  const open = new Map<string, number>(all.map(({ by }) => [by, 0]));
  for (const { change } of all) open.set(change, (open.get(change) ?? 0) + 1);
  // A change is settled once all that take it back are: first those that no one took back.
  const settled = [...open].flatMap(([change, count]) => (count === 0 ? [change] : []));
  const reverted = new Set<string>();
  for (const by of settled) {
    for (const { change } of targets.get(by) ?? []) {
      if (!reverted.has(by)) reverted.add(change);
      const left = (open.get(change) ?? 0) - 1;
      open.set(change, left);
      if (left === 0) settled.push(change);
    }
  }
  return reverted;
}

/** Changes and values by field: the rows of a list together, and its columns that no one changed under the list. */
function toHistory(
  changes: Iterable<{ path: string; changed: number }>,
  counts: Iterable<{ path: string; is_row: boolean; of: number }>,
): Map<string, PastValues> {
  const values = new Map([...counts].map(({ path, is_row: isRow, of }) => [isRow ? `${path}[]` : path, of]));
  const history = new Map([...values].map(([key, of]) => [key, { changed: 0, of }]));
  for (const { path: text, changed } of changes) {
    const path = parsePath(text) ?? [text];
    const list = path.slice(0, rowIndexAt(path) + 1);
    const of = values.get(fieldKey(list.length > 0 ? list : path));
    if (of === undefined) continue;
    const key = fieldKey(path);
    const total = (history.get(key)?.changed ?? 0) + changed;
    history.set(key, { changed: total, of: Math.max(of, total) });
  }
  return history;
}
