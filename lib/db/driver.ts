import { createHash } from 'node:crypto';
import { Pool, type PoolClient, type Query, type Result, types as pgTypes } from 'pg';
import { hasKeptPlan } from './kept-plan.ts';
import { toUnavailable } from './unavailable.ts';

/**
 * What drizzle's session for postgres.js asks of its client, over node-postgres. postgres.js itself cannot be trusted
 * with a restart of PostgreSQL (docs/decisions/0007-driver.md).
 */
export interface Driver extends Queries {
  begin<T>(run: (tx: TransactionQueries) => Promise<T>): Promise<T>;
  options: { parsers: Record<string, unknown>; serializers: Record<string, unknown> };
  close(): Promise<void>;
}

interface Queries {
  unsafe(text: string, params?: readonly unknown[]): PendingRows;
}

interface TransactionQueries extends Queries {
  savepoint<T>(run: (tx: TransactionQueries) => Promise<T>): Promise<T>;
}

/** Rows as objects; `values` gives them as arrays instead. */
interface PendingRows extends PromiseLike<unknown[]> {
  values(): Promise<unknown[]>;
}

type Run = (query: Query) => Promise<Result>;

/** date, time, timestamp, timestamptz, their arrays, numeric[]: drizzle reads the text itself. */
const asText = new Set([1082, 1083, 1114, 1184, 1182, 1115, 1185, 1231]);
const types: Query['types'] = {
  getTypeParser: (oid, format) => (asText.has(oid) ? (text) => text : pgTypes.getTypeParser(oid, format)),
};

export interface DriverOptions {
  url: string;
  name: string;
  /** Connections at most. */
  max: number;
  /** PostgreSQL ends a transaction that its client has left alone for so long, as a stopped process does. */
  idleTransactionMs: number;
}

export function openDriver({ url, name, max, idleTransactionMs }: DriverOptions): Driver {
  const pool = new Pool({
    connectionString: url,
    application_name: name,
    max,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    idle_in_transaction_session_timeout: idleTransactionMs,
  });
  // A connection that is lost while idle, or between two statements, is replaced on next use: nobody need be told.
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client: PoolClient) => client.on('error', ignore));
  return {
    ...queriesOf((query) => reached(pool.query(query))),
    begin: (run) => inTransaction(pool, run),
    options: { parsers: {}, serializers: {} },
    close: () => pool.end(),
  };
}

function queriesOf(run: Run): Queries {
  return {
    unsafe(text, params = []) {
      const name = hasKeptPlan(text) ? { name: hashOf(text) } : {};
      const ask = async (more: Partial<Query>) => (await run({ text, values: params, types, ...name, ...more })).rows;
      return {
        values: () => ask({ rowMode: 'array' }),
        // oxlint-disable-next-line unicorn/no-thenable -- drizzle awaits it, as it does a query of postgres.js
        then: (onRows, onError) => ask({}).then(onRows, onError),
      };
    },
  };
}

/** The name of a statement on its connection, made of its text; PostgreSQL's names end at 63 characters. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw toUnavailable(error);
  }
}

/** Nothing of it reaches another connection: a client whose connection is lost refuses every further statement. */
async function inTransaction<T>(pool: Pool, run: (tx: TransactionQueries) => Promise<T>): Promise<T> {
  const client = await reached(pool.connect());
  try {
    await reached(client.query('begin'));
    const result = await run(transactionOn(client));
    const { command } = await reached(client.query('commit'));
    if (command !== 'COMMIT') throw new Error('the transaction went on after a statement that failed');
    client.release();
    return result;
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

function transactionOn(client: PoolClient, depth = 1): TransactionQueries {
  return {
    ...queriesOf((query) => reached(client.query(query))),
    async savepoint(run) {
      const name = `s${depth}`;
      await client.query(`savepoint ${name}`);
      try {
        const result = await run(transactionOn(client, depth + 1));
        await client.query(`release savepoint ${name}`);
        return result;
      } catch (error) {
        await client.query(`rollback to savepoint ${name}`);
        throw error;
      }
    },
  };
}
