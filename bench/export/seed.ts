import { sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Value } from '#lib/core/values/value.ts';

const scalars = [
  ['Account_Number', 'string', '0012-3345-67'],
  ['Opened', 'date', '2016-03-04'],
  ['Interest_Rate', 'number', 4.25],
  ['Opening_Balance', 'number', 24500.5],
  ['Total_Paid', 'number', 1200],
  ['Closing_Balance', 'number', 23300.5],
] as const;

/** As an engine finds it: with its place, its signals and a rule that holds. */
function leaf(path: (string | number)[], type: string, value: string | number): Value {
  const quote = String(value);
  return {
    path,
    label: String(path.at(-1)),
    type,
    value,
    raw: quote,
    state: 'found',
    evidence: { pageNum: 0, quote, boxes: [{ x: 0.1, y: 0.2, width: 0.1, height: 0.01 }] },
    trust: 0.96,
    signals: [
      { name: 'grounded', ok: true, detail: 'found on page 1' },
      { name: 'format', ok: true, detail: 'fits its type and format' },
    ],
    checks: [{ rule: 'total adds up', ok: true, severity: 'error', message: 'Payments do not add up to the total' }],
  };
}

/**
 * Writes so many finished sessions of `loan-accounts`, each of one document with one account of six single values and
 * `listRows` payments, as the worker would have left them.
 */
export async function seedSessions({ db }: Pick<Context, 'db'>, sessions: number, listRows: number): Promise<void> {
  const rows = [
    ...scalars.map(([name, type, value]) => ({ path: name, isRow: false, leaves: [leaf([name], type, value)] })),
    ...Array.from({ length: listRows }, (_, row) => ({
      path: 'Payments',
      isRow: true,
      leaves: [
        leaf(['Payments', row, 'Date'], 'date', '2024-05-05'),
        leaf(['Payments', row, 'Amount'], 'number', 100 + row),
        leaf(['Payments', row, 'Balance'], 'number', 24000.25 - row),
      ],
    })),
  ];
  await db.execute(sql`insert into files (sha256, bytes) values ('seeded', 1) on conflict do nothing`);
  await db.execute(sql`create temporary table seeded as
    select uuidv7() as session_id, uuidv7() as run_id, uuidv7() as document_id, n from generate_series(1, ${sessions}) n`);
  await db.execute(sql`insert into sessions (id, name, schema_version_id, engine, status, priority, progress, stage,
      documents_total, documents_done, pages_total, pages_processed, accounts, started_at, finished_at)
    select session_id, 'packet-' || n || '.pdf', v.id, 'builtin', 'in_progress', 1, 100, 'completed', 1, 1, 2, 2, 1, now(), now()
    from seeded, schema_versions v join schemas s on s.id = v.schema_id where s.slug = 'loan-accounts'`);
  await db.execute(sql`insert into runs (id, session_id, number, schema_version_id, engine)
    select run_id, session_id, 1, s.schema_version_id, 'builtin' from seeded join sessions s on s.id = session_id`);
  await db.execute(sql`insert into documents (id, session_id, position, name, sha256, type, bytes, status, stage_states, pages_total)
    select document_id, session_id, 0, 'packet-' || n || '.pdf', 'seeded', 'pdf', 1, 'completed', '{}', 2 from seeded`);
  await db.execute(sql`insert into accounts (run_id, document_id, account_index, account_number, pages)
    select run_id, document_id, 0, '0012-3345-67', '{0,1}' from seeded`);
  await db.execute(sql`insert into field_values (id, run_id, document_id, account_index, position, path, row_id, leaves)
    select uuidv7(), run_id, document_id, 0, position - 1, value->>'path',
      case when (value->>'isRow')::boolean then uuidv7() end, value->'leaves'
    from seeded, jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as t(value, position)`);
  await db.execute(sql`drop table seeded`);
  await db.execute(sql`analyze`);
}
