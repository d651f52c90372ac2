import { DatabaseError } from 'pg';

/**
 * PostgreSQL refused a statement. It names the statement and the kind of error, never a value: PostgreSQL's own detail and
 * context quote whole rows, and drizzle's message all parameters.
 */
export class StatementError extends Error {
  override name = 'StatementError';
  /** SQLSTATE. */
  readonly code: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;

  constructor(statement: string, error: DatabaseError) {
    const code = error.code ?? 'unknown';
    super(`${statement} failed: ${safeMessage(error)}`);
    this.code = code;
    this.constraint = error.constraint;
    this.table = error.table;
    this.column = error.column;
  }
}

/**
 * Classes of errors whose message names tables, columns and constraints only: connections (08, 28, 3D), transactions (25, 40),
 * constraints (23), what is not supported (0A), names and types in the statement (42, but a malformed text search query is one
 * of these too), limits, locks and the server (53 to 58, XX); and a division by zero (22012), by whose message pg-boss knows a
 * race.
 */
const withoutValues = /^(08|0A|22012|23|25|28|3D|40|42(?!601)|5[3-8]|XX)/;

/** What an error of PostgreSQL says, as far as it cannot quote a value. */
export function safeMessage(error: Pick<DatabaseError, 'code' | 'message'>): string {
  const code = error.code ?? 'unknown';
  return withoutValues.test(code) ? `${error.message} (${code})` : `message withheld (${code})`;
}

/** A short name of a statement for messages, such as `update documents`. */
export function statementName(text: string): string {
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'statement';
  const table = /\b(?:from|into|update)\s+"?(\w+(?:"?\."?\w+)?)/i.exec(text)?.[1];
  return table ? `${verb} ${table.replaceAll('"', '')}` : verb;
}

/** Whether a transaction was ended so that another could go on; carried out again, it may pass. */
export function isConflict(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StatementError) return cause.code === '40P01' || cause.code === '40001';
  }
  return false;
}
