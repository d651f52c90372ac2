/** The parts of node-postgres that Sluice uses; the package brings no types. */
declare module 'pg' {
  import type { EventEmitter } from 'node:events';

  export interface Result {
    rows: unknown[];
    /** The tag of the command that was carried out: a COMMIT of a transaction that failed answers ROLLBACK. */
    command: string;
  }

  export interface Query {
    text: string;
    values?: readonly unknown[];
    /** The connection keeps the statement, and its plan, under this name. */
    name?: string;
    rowMode?: 'array';
    types?: { getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown };
  }

  export interface ConnectionOptions {
    connectionString: string;
    application_name?: string;
    keepAlive?: boolean;
    connectionTimeoutMillis?: number;
    /** The server ends a session whose transaction its client has left idle for so long. */
    idle_in_transaction_session_timeout?: number;
  }

  export interface PoolClient extends EventEmitter {
    query(query: Query | string): Promise<Result>;
    /** Gives it back; with an error it is closed instead. */
    release(error?: Error | boolean): void;
  }

  export class Client extends EventEmitter {
    constructor(options: ConnectionOptions);
    connect(): Promise<void>;
    query(query: Query | string): Promise<Result>;
    end(): Promise<void>;
  }

  export class Pool extends EventEmitter {
    constructor(options: ConnectionOptions & { max?: number; idleTimeoutMillis?: number });
    connect(): Promise<PoolClient>;
    query(query: Query | string): Promise<Result>;
    end(): Promise<void>;
  }

  /** What PostgreSQL said was wrong; `code` is its SQLSTATE. */
  export class DatabaseError extends Error {
    code: string | undefined;
  }

  export const types: { getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown };
}
