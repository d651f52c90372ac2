import { DatabaseError } from 'pg';

/** The database did not answer, or ended the connection; the same may work a moment later. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable';
}

/**
 * Shut down, starting up, crashed (57P…), connection trouble (08…), no connection left (53300), a transaction left
 * alone for too long (25P03): https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const passing = /^(57P0[1-5]|08...|53300|25P03)$/;

/** What the driver throws, as `DatabaseUnavailable` where it is not about the statement. */
export function toUnavailable(error: unknown): unknown {
  const isRefused = error instanceof DatabaseError && !passing.test(error.code ?? '');
  // A value that cannot be sent is a mistake of ours.
  const isMistake = error instanceof TypeError || error instanceof RangeError;
  return isRefused || isMistake ? error : new DatabaseUnavailable('the database cannot be reached', { cause: error });
}

/** Whether an error, or what brought it about, is that the database was away. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseUnavailable) return true;
  }
  return false;
}
