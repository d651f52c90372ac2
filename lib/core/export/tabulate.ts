import type { Cell } from './cell.ts';
import { type Table, tablesOf } from './columns.ts';
import type { Exported, ExportedSchema } from './input.ts';
import { type Manifest, noteSession } from './manifest.ts';
import { aboutValue, accountProblems, attentionCount, type Problem, problemKinds, problemRow } from './problems.ts';
import { rowsOf } from './rows.ts';

/** Rows for one table; for the problems where it is null. */
export interface Portion {
  table: Table | null;
  rows: Cell[][];
}

/** The tables of each schema, by its slug. */
export type Tables = ReadonlyMap<string, readonly Table[]>;

export function allTables(schemas: readonly ExportedSchema[]): Tables {
  return new Map(schemas.map((schema) => [schema.slug, tablesOf(schema)]));
}

/** The rows of all sessions as they come, account by account, and what is wrong with them. */
export async function* tabulate(
  sessions: AsyncIterable<Exported>,
  tables: Tables,
  manifest: Manifest,
): AsyncGenerator<Portion> {
  for await (const session of sessions) {
    const problems: Problem[] = noteSession(manifest, session);
    if (!('missing' in session)) {
      for (const account of session.accounts) {
        const own = tables.get(session.schema.slug) ?? [];
        const strays: Problem[] = [];
        const needsAttention = attentionCount(session, account);
        const rows = rowsOf(own, { session, account, needsAttention }, (leaf) => {
          const detail = 'The schema has no place for it.';
          strays.push({ ...aboutValue(session, account, leaf), kind: problemKinds.stray, detail });
        });
        for (const table of own) yield { table, rows: rows.get(table.key) ?? [] };
        problems.push(...accountProblems(session, account), ...strays);
      }
    }
    if (problems.length > 0) yield { table: null, rows: problems.map(problemRow) };
  }
}
