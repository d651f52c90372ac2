import type { Count } from '#lib/core/contract/common.ts';
import type { SessionFilter } from '#lib/core/contract/sessions.ts';
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '#lib/db/client.ts';
import { sessionSearch } from '#lib/db/tables/reviews.ts';
import { schemas, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { findings } from './search-index.ts';

/** Counting stops here: beyond it a list says `10,000+`. */
const maxCounted = 10_000;
/** The share of all sessions that may have changed unseen by PostgreSQL's statistics, and as much again. */
const changedBefore = 0.2;

interface Match {
  /** The newest first. */
  ids: string[];
  count: Count;
}

interface Query {
  limit: number;
  /** Only sessions older than this one. */
  cursor?: string | undefined;
}

/** The newest sessions under a filter, and how many there are in all. */
export async function findSessions(db: Executor, filter: SessionFilter, wanted: Query): Promise<Match> {
  if (filter.q) return search(db, filter, filter.q, wanted);
  const [{ rows }, count] = await Promise.all([
    db.execute<{ id: string }>(newest(filter, wanted)),
    countSessions(db, filter),
  ]);
  return { ids: rows.map(({ id }) => id), count };
}

/** How many sessions there are under a filter; beyond 10,000 only that there are as many. */
export async function countSessions(db: Executor, filter: SessionFilter): Promise<Count> {
  if (filter.q) return (await search(db, filter, filter.q, { limit: 0 })).count;
  if (await areSurelyMore(db, filter)) return toCount(maxCounted + 1);
  const schema = sql`
    join ${schemaVersions} on ${schemaVersions.id} = ${sessions.schemaVersionId}
    join ${schemas} on ${schemas.id} = ${schemaVersions.schemaId} and ${schemas.slug} = ${filter.schema}`;
  const {
    rows: [row],
  } = await db.execute<{ number: number }>(sql`
    select count(*)::int as number
    from (select from ${sessions} ${filter.schema ? schema : sql``} where ${conditions(filter)} limit ${maxCounted + 1}) counted`);
  return toCount(row?.number ?? 0);
}

function toCount(number: number): Count {
  return { number: Math.min(number, maxCounted), exact: number <= maxCounted };
}

const planRows = z.object({ 'Plan Rows': z.number() });
const explained = z.array(
  z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ Plans: z.tuple([planRows, planRows]) }) })]) }),
);

/**
 * Whether PostgreSQL's statistics say that there are far more than 10,000, so that these need no counting. They are taken again
 * when a tenth of all sessions has changed: a fifth of all must have, before this is wrong.
 */
async function areSurelyMore(db: Executor, { status, schema }: SessionFilter): Promise<boolean> {
  if (schema) return false;
  const { rows: answer } = await db.execute(sql`
    explain (format json)
    select from ${sessions} union all select from ${sessions} where ${conditions({ status })}`);
  const plans = explained.parse(answer)[0]?.['QUERY PLAN'][0].Plan.Plans;
  if (!plans) return false;
  const [all, some] = plans.map((plan) => plan['Plan Rows']);
  return some !== undefined && all !== undefined && some > 2 * maxCounted + all * changedBefore;
}

/** What a filter asks of a row of `sessions` by itself. */
function conditions({ status }: Pick<SessionFilter, 'status'>, ...others: (SQL | undefined)[]): SQL {
  return and(status && eq(sessions.status, status), ...others) ?? sql`true`;
}

/**
 * The newest sessions of a state and schema, with their names, by one walk of an index that ends at the limit. Of a schema each
 * version is walked for itself: then the rows of each come in order.
 */
function newest({ status, schema }: SessionFilter, { limit, cursor }: Query): SQL {
  const walk = (version?: SQL) => sql`
    select ${sessions.id}, ${sessions.name} from ${sessions}
    where ${conditions({ status }, version, cursor ? lt(sessions.id, cursor) : undefined)}
    order by ${desc(sessions.id)} limit ${limit}`;
  if (!schema) return walk();
  return sql`
    select walked.id, walked.name from ${schemas} join ${schemaVersions} on ${schemaVersions.schemaId} = ${schemas.id}
    cross join lateral (${walk(eq(sessions.schemaVersionId, schemaVersions.id))}) walked
    where ${schemas.slug} = ${schema} order by walked.id desc limit ${limit}`;
}

/** Of so many of the newest sessions a common word is in enough to fill a page. */
const window = 10_000;

/**
 * Gathers what is found by the indexes, newest or not, until it is too many to count. Few findings are all that there are, and
 * the newest of them are the page. Many are looked for among the newest sessions instead, in order.
 */
async function search(db: Executor, filter: SessionFilter, q: string, wanted: Query): Promise<Match> {
  const older = wanted.cursor ? sql`where id < ${wanted.cursor}` : sql``;
  const {
    rows: [gathered],
  } = await db.execute<{ ids: string[]; number: number }>(sql`
    with ${gather(filter, q)}
    select number, case when number <= ${maxCounted}
      then array(select id from found ${older} order by id desc limit ${wanted.limit}) else '{}' end as ids
    from (select case when (select count(*) from by_words) > ${maxCounted} then ${maxCounted + 1}
      else (select count(*)::int from found) end as number) counted`);
  const { ids = [], number = 0 } = gathered ?? {};
  const count = toCount(number);
  if (count.exact || wanted.limit === 0) return { ids, count };
  const { rows: recent } = await db.execute<{ id: string }>(amongNewest(filter, q, wanted));
  if (recent.length >= wanted.limit) return { ids: recent.map(({ id }) => id), count };
  const { rows: all } = await db.execute<{ id: string }>(sql`
    with ${gather(filter, q, Number.MAX_SAFE_INTEGER)}
    select id from found ${older} order by id desc limit ${wanted.limit}`);
  return { ids: all.map(({ id }) => id), count };
}

/** `found`: ids of sessions by their words, and by their names unless the words found too many already; each by its own index. */
function gather(filter: SessionFilter, q: string, most = maxCounted + 1): SQL {
  const { byName, byWords } = findings(q);
  const isFiltered = Boolean(filter.status || filter.schema);
  const version = filter.schema ? inArray(sessions.schemaVersionId, versionsOf(filter.schema)) : undefined;
  const ofFilter = conditions(filter, version);
  const joined = isFiltered
    ? sql`join ${sessions} on ${sessions.id} = ${sessionSearch.sessionId} and ${ofFilter}`
    : sql``;
  return sql`
    by_words as materialized (
      select ${sessionSearch.sessionId} as id from ${sessionSearch} ${joined} where ${byWords ?? sql`false`} limit ${most}),
    by_name as materialized (
      select ${sessions.id} from ${sessions} where ${byName ?? sql`false`} and ${ofFilter}
      limit ${most} - (select count(*) from by_words)),
    found as materialized (select id from by_words union select id from by_name)`;
}

/** The newest findings, as far as they are among the newest 10,000 sessions. */
function amongNewest(filter: SessionFilter, q: string, { limit, cursor }: Query): SQL {
  const { byName, byWords } = findings(q);
  const recent = sql`(${newest(filter, { limit: window, cursor })}) sessions`;
  const end = sql`order by id desc limit ${limit}`;
  return sql`
    (select id from ${recent} where ${byName ?? sql`false`} ${end})
    union
    (select id from ${recent} join ${sessionSearch} on ${sessionSearch.sessionId} = ${sessions.id}
      where ${byWords ?? sql`false`} ${end})
    ${end}`;
}

function versionsOf(slug: string): SQL {
  return sql`(select ${schemaVersions.id} from ${schemaVersions} join ${schemas} on ${schemas.id} = ${schemaVersions.schemaId}
    where ${schemas.slug} = ${slug})`;
}
