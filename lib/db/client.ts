import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { openDriver } from './driver.ts';
import { type Listener, openListener } from './listener.ts';
import * as installationTables from './installation-tables.ts';
import * as resultTables from './result-tables.ts';
import * as reviewTables from './review-tables.ts';
import * as coreTables from './tables.ts';

const tables = { ...coreTables, ...resultTables, ...installationTables, ...reviewTables };

export type Database = PostgresJsDatabase<typeof tables>;
export type Transaction = PgTransaction<
  PostgresJsQueryResultHKT,
  typeof tables,
  ExtractTablesWithRelations<typeof tables>
>;
/** Anything that can run a query: the pool or an open transaction. */
export type Executor = Database | Transaction;

export interface DatabaseClient {
  db: Database;
  /** For LISTEN. */
  sql: Listener;
  close(): Promise<void>;
}

/**
 * Opens a pool. Connections are made on first use and made again after a restart of PostgreSQL;
 * a query that was under way then rejects.
 */
export function openDatabase(
  url: string,
  options: { max?: number; name?: string; idleTransactionMs?: number } = {},
): DatabaseClient {
  const name = options.name ?? 'sluice';
  const { max = 10, idleTransactionMs = 60_000 } = options;
  const driver = openDriver({ url, name, max, idleTransactionMs });
  const listener = openListener({ url, name });
  return {
    db: drizzle(driver as unknown as Sql, { schema: tables, casing: 'snake_case' }),
    sql: listener,
    async close() {
      await Promise.all([driver.close(), listener.close()]);
    },
  };
}
