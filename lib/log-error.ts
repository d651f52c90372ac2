import { DatabaseError } from 'pg';
import { safeMessage } from '#lib/db/statement-error.ts';

/** An error as the log shows it. */
interface LoggedError {
  type: string;
  message: string;
  stack: string;
  [fact: string]: unknown;
}

/** What is logged of an error besides its message. Other properties may hold what was being worked on. */
const facts = ['code', 'constraint', 'table', 'column', 'kind', 'status', 'statusCode', 'errno', 'syscall', 'signal'];
/** Causes of causes, and errors of an AggregateError, that are shown. */
const maxDepth = 5;
const maxErrors = 3;
const withheld = 'message withheld';

/**
 * The second line of defence: errors are thrown without values (StatementError, DocumentError), and what another library
 * throws is logged without the messages and properties that quote them.
 */
export function logError(error: unknown, depth = 0): LoggedError | string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error;
  const message = messageOf(error);
  const frames = error.stack?.slice(Math.max(0, error.stack.indexOf('\n    at '))) ?? '';
  const logged: LoggedError = {
    type: error.name,
    message,
    stack: `${error.name}: ${message}${frames.startsWith('\n') ? frames : ''}`,
  };
  for (const fact of facts) {
    const value: unknown = Reflect.get(error, fact);
    if (typeof value === 'string' || typeof value === 'number') logged[fact] = value;
  }
  if (depth === maxDepth) return logged;
  if (error.cause !== undefined) logged.cause = logError(error.cause, depth + 1);
  if (error instanceof AggregateError) {
    logged.errors = error.errors.slice(0, maxErrors).map((one: unknown) => logError(one, depth + 1));
  }
  return logged;
}

function messageOf(error: Error): string {
  if (error instanceof DatabaseError) return safeMessage(error);
  if (error.name === 'PostgresError' && 'code' in error)
    return safeMessage({ code: String(error.code), message: error.message });
  // JSON.parse quotes the text, drizzle all parameters, the AI SDK prompts and answers.
  const quotes =
    error instanceof SyntaxError || error.message.startsWith('Failed query: ') || error.name.startsWith('AI_');
  return quotes ? withheld : error.message;
}
