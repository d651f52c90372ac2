import { DatabaseError, Pool, type PoolClient, type QueryResult } from 'pg';
import { retryConflicts } from './conflicts.ts';
import { StatementError, statementName } from './statement-error.ts';
import { connectionError, DatabaseUnavailable, isOutage } from './unavailable.ts';

export interface PoolSettings {
  url: string;
  /** Shown in `pg_stat_activity`. */
  name: string;
  /** Maximum number of connections. */
  max: number;
  /** PostgreSQL ends a transaction that its client has left alone for so long, as a stopped process does. */
  idleTransactionMs?: number;
  /** Told of each deadlock or serialization failure after which something is carried out again. */
  onConflict: (error: unknown) => void;
}

type OnConnect = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void;

/** node-postgres's pool, which also knows whether an error was about the connection or about the statement. */
export class ConnectionPool extends Pool {
  /** Connections that were lost, and the errors that said so. */
  readonly #lost = new WeakSet<object>();

  readonly onConflict: PoolSettings['onConflict'];

  constructor({ url, name, max, idleTransactionMs, onConflict }: PoolSettings) {
    super({
      connectionString: url,
      application_name: name,
      max,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      idle_in_transaction_session_timeout: idleTransactionMs,
    });
    this.onConflict = onConflict;
    // A connection that is lost while idle, or between two statements, is replaced on next use. Unheard, the event would
    // end the process.
    this.on('error', () => undefined);
    this.on('connect', (client) => client.on('error', (error) => this.#lost.add(error).add(client)));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: OnConnect): void;
  override connect(callback?: OnConnect): Promise<PoolClient> | void {
    if (callback) {
      // `query` comes through here.
      return super.connect((error, client, done) => {
        const reported = error && connectionError(error);
        callback(reported instanceof Error ? reported : error, client, done);
      });
    }
    return super.connect().catch((error: unknown) => {
      throw connectionError(error);
    });
  }

  /** Runs a statement in a transaction of its own; after a deadlock again. For pg-boss, which brings its statements as text. */
  run(text: string, values?: unknown[]): Promise<QueryResult> {
    return retryConflicts(
      () =>
        this.query(text, values).catch((error: unknown) => {
          throw this.explain(error, text);
        }),
      this.onConflict,
    );
  }

  /** What a statement's failure is reported as; none of it quotes a value. */
  explain(error: unknown, text: string, client?: PoolClient): unknown {
    if (error instanceof DatabaseUnavailable) return error;
    if (error instanceof DatabaseError && !isOutage(error)) return new StatementError(statementName(text), error);
    const isLost = isOutage(error) || this.#isLost(error) || (client !== undefined && this.#isLost(client));
    return isLost ? new DatabaseUnavailable(error) : error;
  }

  #isLost(what: unknown): boolean {
    return typeof what === 'object' && what !== null && this.#lost.has(what);
  }
}
