import postgres, { type Sql, type TransactionSql } from 'postgres';

const tables = ['sessions', 'runs', 'documents', 'accounts', 'field_values', 'session_search'];
const places = ['harbor', 'summit', 'willow', 'cedar', 'granite', 'prairie', 'lakeside', 'orchard', 'meadow', 'canyon'];
const kinds = ['packet', 'statement', 'agreement', 'invoice', 'scan', 'letter'];
const firsts = 'Maria James Aisha Chen Elena Omar Priya Lucas Nadia Pavel Ingrid Mateo Hana Samuel Leila Victor'.split(
  ' ',
);
const lasts =
  'Alvarez Okafor Lindqvist Haddad Nakamura Petrov Mensah Castellanos Schneider Rossi Novak Silva Kowalski Dubois Larsen Tanaka Moreau Fischer Santos Ivanov'.split(
    ' ',
  );

/** The number of the newest session; the one before has one less. */
export function accountNumber(n: number): string {
  return `0012-${String(n).padStart(7, '0')}-67`;
}

/**
 * Fills a migrated, empty installation with so many sessions, one every 20 seconds up to now: of all ready-made schemas and in
 * all states, most of them finished; each with a run, a document, an account, four values and the words to search by.
 * As a restore does, without looking up references and with the indexes made at the end: for nothing but measurements.
 */
export async function seedSessions(url: string, sessions: number): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await withoutIndexes(sql, async () => {
      await sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`set local work_mem = '256MB'`;
        await drawSeeds(tx, sessions);
        await writeSessions(tx);
        await writeValues(tx);
      });
    });
    await sql`vacuum analyze`;
  } finally {
    await sql.end();
  }
}

/** Indexes that are no constraints are made anew when all rows are there. */
async function withoutIndexes(sql: Sql, run: () => Promise<void>): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = any(${tables})
      and not exists (select from pg_constraint where conname = indexname)`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  await run();
  await sql`set maintenance_work_mem = '512MB'`;
  for (const { definition } of indexes) await sql.unsafe(definition);
}

/** One row for each session, with what its other rows are made of; the same in every run but for ids and times. */
async function drawSeeds(tx: TransactionSql, sessions: number): Promise<void> {
  const pick = (from: readonly string[], salt: number) =>
    tx`(${from}::text[])[1 + (hashint8(n * 31 + ${salt})::bigint & 2147483647) % ${from.length}]`;
  await tx`
    create temporary table seeds on commit drop as
    select n, uuidv7(age) as session_id, uuidv7(age) as run_id, uuidv7(age) as document_id, now() + age as created_at,
      lpad(n::text, 7, '0') as number, ${pick(places, 1)} as place, ${pick(kinds, 2)} as kind,
      ${pick(firsts, 3)} as first, ${pick(lasts, 4)} as last, 100 + n % 997 as total, date '2005-01-01' + (n * 7 % 6000)::int as opened,
      case when n % 100 < 58 then 'in_progress' when n % 100 < 92 then 'verified' when n % 100 < 97 then 'failed'
        when n % 100 < 99 then 'cancelled' else 'processing' end::session_status as status,
      n % 25 = 0 as partial, n % 4 as doubts, n % 3 as priority, n % 5 as schema
    from generate_series(1, ${sessions}::bigint) n, lateral (select (n - ${sessions}) * interval '20 s' as age)`;
  await tx`
    create temporary table versions on commit drop as
    select row_number() over (order by s.slug) - 1 as schema, v.id from schemas s join schema_versions v on v.schema_id = s.id
    where v.version = 1`;
}

async function writeSessions(tx: TransactionSql): Promise<void> {
  await tx`insert into files (sha256, bytes) values ('seeded', 1)`;
  await tx`
    insert into sessions (id, name, schema_version_id, engine, status, partial, priority, progress, stage, documents_total,
      documents_done, pages_total, pages_processed, accounts, needs_attention, cost_usd, created_at, started_at, finished_at)
    select session_id, place || '-' || kind || '-' || number || '.pdf', v.id, 'builtin', status,
      partial and status = 'in_progress', priority, 100, 'completed', 1, 1, 2, 2, 1, doubts, 0.0042, created_at, created_at,
      case when status <> 'processing' then created_at + interval '9 s' end
    from seeds join versions v using (schema) order by n`;
  await tx`
    insert into runs (id, session_id, number, schema_version_id, engine)
    select run_id, session_id, 1, v.id, 'builtin' from seeds join versions v using (schema) order by n`;
  await tx`
    insert into documents (id, session_id, position, name, sha256, type, bytes, status, stage_states, pages_total, pages_processed)
    select document_id, session_id, 0, place || '-' || kind || '-' || number || '.pdf', 'seeded', 'pdf', 1, 'completed', '{}', 2, 2
    from seeds order by n`;
}

async function writeValues(tx: TransactionSql): Promise<void> {
  await tx`
    insert into accounts (run_id, document_id, account_index, account_number, pages)
    select run_id, document_id, 0, '0012-' || number || '-67', '{0,1}' from seeds order by n`;
  await tx`
    insert into field_values (id, run_id, document_id, account_index, position, path, leaves)
    select uuidv7(), run_id, document_id, 0, position, path, jsonb_build_array(jsonb_build_object('path', jsonb_build_array(path),
      'label', path, 'type', type, 'value', value, 'raw', value, 'state', 'found', 'evidence', null, 'trust', 0.96,
      'signals', '[]'::jsonb, 'checks', '[]'::jsonb))
    from seeds, lateral (values (0, 'Account_Number', 'string', '0012-' || number || '-67'),
      (1, 'Account_Holder', 'string', first || ' ' || last), (2, 'Opened', 'date', opened::text), (3, 'Total_Paid', 'number', total || '.50')) t (position, path, type, value)
    order by n, position`;
  await tx`
    insert into session_search (session_id, words)
    select session_id, array_to_tsvector(array[place, kind, number, 'pdf', place || kind || number || 'pdf', '0012', '67',
      '0012' || number || '67', lower(first), lower(last), total::text, '50', total || '50'] || string_to_array(opened::text, '-')
      || to_char(opened, 'YYYYMMDD'))
    from seeds order by n`;
}
