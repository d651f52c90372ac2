import { DrizzleQueryError } from 'drizzle-orm';
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres';
import type { PgDialect, PgPreparedQuery, PgTransactionConfig, PreparedQueryConfig } from 'drizzle-orm/pg-core';
import type { PoolClient } from 'pg';
import { retryConflicts } from './conflicts.ts';
import type { ConnectionPool } from './pool.ts';

/** drizzle's relational queries are not used. */
type NoSchema = Record<string, never>;
type Transaction = NodePgTransaction<NoSchema, NoSchema>;
type PrepareQuery = Parameters<NodePgSession<NoSchema, NoSchema>['prepareQuery']>;

/**
 * drizzle's session for node-postgres, with what it leaves to chance when a connection is lost
 * (docs/decisions/0007-driver.md): no connection is leaked or given back in the middle of a transaction, the first error is
 * the one that is thrown, and errors carry no parameters.
 */
export class Session extends NodePgSession<NoSchema, NoSchema> {
  readonly #pool: ConnectionPool;
  /** The connection of a transaction. */
  readonly #client: PoolClient | undefined;

  constructor(pool: ConnectionPool, dialect: PgDialect, client?: PoolClient) {
    super(client ?? pool, dialect, undefined);
    this.#pool = pool;
    this.#client = client;
  }

  override prepareQuery<T extends PreparedQueryConfig>(...query: PrepareQuery): PgPreparedQuery<T> {
    const prepared = super.prepareQuery<T>(...query);
    const execute = prepared.execute.bind(prepared);
    const [{ sql: text }] = query;
    const once = (values?: Record<string, unknown>) =>
      execute(values).catch((error: unknown) => {
        const cause = error instanceof DrizzleQueryError ? error.cause : error;
        throw this.#pool.explain(cause, text, this.#client);
      });
    // A statement on its own is a transaction of its own.
    prepared.execute = this.#client ? once : (values) => retryConflicts(() => once(values), this.#pool.onConflict);
    return prepared;
  }

  /** Carried out again after a deadlock: what it does besides statements must bear that. */
  override transaction<T>(run: (tx: Transaction) => Promise<T>, config?: PgTransactionConfig): Promise<T> {
    return retryConflicts(() => this.#transactionOnce(run, config), this.#pool.onConflict);
  }

  async #transactionOnce<T>(run: (tx: Transaction) => Promise<T>, config: PgTransactionConfig = {}): Promise<T> {
    const client = await this.#pool.connect();
    const query = (text: string) =>
      client.query(text).catch((error: unknown) => {
        throw this.#pool.explain(error, text, client);
      });
    try {
      await query(beginning(config));
      const tx = new NodePgTransaction<NoSchema, NoSchema>(
        this.dialect,
        new Session(this.#pool, this.dialect, client),
        undefined,
      );
      const result = await run(tx);
      const { command } = await query('commit');
      if (command !== 'COMMIT') throw new Error('the transaction continued after a statement that failed');
      return result;
    } catch (error) {
      // Whether this works says whether the connection can be used again; the error to be thrown is the first one.
      await query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release(client.getTransactionStatus() !== 'I');
    }
  }
}

function beginning({ isolationLevel, accessMode, deferrable }: PgTransactionConfig): string {
  return [
    'begin',
    isolationLevel && `isolation level ${isolationLevel}`,
    accessMode,
    deferrable === undefined ? '' : deferrable ? 'deferrable' : 'not deferrable',
  ]
    .filter(Boolean)
    .join(' ');
}
