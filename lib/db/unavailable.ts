import { DatabaseError } from 'pg';

/** The database did not answer, or ended the connection; the same may work a moment later. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable';

  constructor(cause: unknown) {
    super('the database cannot be reached', { cause });
  }

  /** Next bundles copies of this module, and the pool that one of them opened is used by all: the name tells. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'DatabaseUnavailable';
  }
}

/**
 * SQLSTATEs of an outage: connection trouble (08…, but not 08P01, which is a malformed message of ours), no resources
 * left (53…), shutting down, crashed or starting up (57P…), a transaction left alone for too long (25P03).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const outage = /^(08(?!P01)...|53...|57P0[1235]|25P03)$/;

/** What the operating system says of a server that cannot be reached. */
const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether PostgreSQL answered a statement, or a connection, with an outage. */
export function isOutage(error: unknown): boolean {
  return error instanceof DatabaseError && outage.test(error.code ?? '');
}

/**
 * What a connection that could not be opened, or was lost, is reported as: an outage, unless the answer was about who
 * connects or to what, such as a wrong password. node-postgres gives its own time limits no code.
 */
export function connectionError(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  if (error instanceof DatabaseError) return isOutage(error) ? new DatabaseUnavailable(error) : error;
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return error;
  const code = 'code' in error ? error.code : undefined;
  const isAway = code === undefined || (typeof code === 'string' && networkCodes.has(code));
  return isAway ? new DatabaseUnavailable(error) : error;
}

/** Whether an error, or what brought it about, is that the database was away. */
export function isDatabaseDown(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseUnavailable) return true;
  }
  return false;
}
