import { sql } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import type { History } from '#lib/extraction/history.ts';

/** The past is so many sessions long: what people mended in older ones may be mended in the schema by now. */
const sessionsBack = 50;
/** It is looked for among so many of the latest verified sessions of all schemas. */
const sessionsSeen = 2000;

interface Row extends Record<string, unknown> {
  key: string;
  changed: number;
  of: number;
}

/**
 * How often people changed each field in the latest verified sessions of a run's schema, whatever its version: values
 * that stand there, and those among them that a person set and nobody took back. What it reads has a limit, however many
 * sessions there are.
 */
export async function pastEdits(db: Executor, runId: string): Promise<History> {
  const rows = await db.execute<Row>(sql`
    with past as (
      select s.id, r.id as run_id
      from runs current
      join schema_versions v on v.id = current.schema_version_id
      join schema_versions other on other.schema_id = v.schema_id
      join (
        select id, run, schema_version_id from sessions where status = 'verified' order by id desc limit ${sessionsSeen}
      ) s on s.schema_version_id = other.id
      join runs r on r.session_id = s.id and r.number = s.run
      where current.id = ${runId}
      order by s.id desc limit ${sessionsBack}
    ), changes as (
      select regexp_replace(e.path, '\\[\\d+\\]', '[]', 'g') as key,
        count(distinct (e.session_id, e.document_id, e.account_index, e.path))::int as changed
      from past join edits e on e.session_id = past.id
      where e.kind = 'set' and e.path is not null
        and not exists (select 1 from edits u where u.session_id = e.session_id and u.reverts_change_id = e.change_id)
      group by 1
    ), counts as (
      select f.path, f.row_id is not null as is_row, count(*)::int as of
      from past join field_values f on f.run_id = past.run_id
      where not f.is_deleted
      group by 1, 2
    )
    select changes.key, changes.changed, counts.of
    from changes join counts on counts.path = split_part(changes.key, '[]', 1) and counts.is_row = (changes.key like '%[]%')
    union all
    select case when is_row then path || '[]' else path end, 0, counts.of from counts
    where not exists (select 1 from changes where changes.key = counts.path)`);
  return new Map(rows.map(({ key, changed, of }) => [key, { changed, of: Math.max(of, changed) }]));
}
