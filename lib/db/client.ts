import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import * as reviewTables from './review-tables.ts';
import * as coreTables from './tables.ts';

const tables = { ...coreTables, ...reviewTables };

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
  /** The driver under `db`, for LISTEN. */
  sql: Sql;
  close(): Promise<void>;
}

/**
 * Opens a pool. Connections are made on first use and made again after a restart of PostgreSQL;
 * a query that was under way then rejects.
 */
export function openDatabase(url: string, options: { max?: number; name?: string } = {}): DatabaseClient {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: options.name ?? 'sluice' },
  });
  return {
    db: drizzle(sql, { schema: tables, casing: 'snake_case' }),
    sql,
    close: () => sql.end({ timeout: 5 }),
  };
}
