import { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import { type Listener, openListener } from './listener.ts';
import { ConnectionPool } from './pool.ts';
import { Session } from './session.ts';

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** Anything that can run a query: the pool or an open transaction. */
export type Executor = Database | Transaction;

export interface DatabaseClient {
  db: Database;
  /** For LISTEN. */
  sql: Listener;
  close(): Promise<void>;
}

interface DatabaseOptions {
  max?: number;
  name?: string;
  idleTransactionMs?: number;
  /** Told of each deadlock or serialization failure after which a transaction is repeated. */
  onConflict?: (error: unknown) => void;
}

/**
 * Opens a pool. Connections are made on first use and made again after a restart of PostgreSQL;
 * a query that was in progress then rejects with DatabaseUnavailable, any other failure with StatementError.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): DatabaseClient {
  const { max = 10, name = 'sluice', idleTransactionMs = 60_000, onConflict = () => undefined } = options;
  const pool = new ConnectionPool({ url, name, max, idleTransactionMs, onConflict });
  const dialect = new PgDialect({ casing: 'snake_case' });
  const listener = openListener({ url, name });
  return {
    db: new NodePgDatabase(dialect, new Session(pool, dialect), undefined),
    sql: listener,
    async close() {
      await Promise.all([pool.end(), listener.close()]);
    },
  };
}
