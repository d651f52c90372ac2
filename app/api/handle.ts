import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { requestContext } from '#app/request-context.ts';
import { isDatabaseDown } from '#lib/db/unavailable.ts';
import { RequestError } from '#lib/core/errors.ts';
import { createLogger } from '#lib/log.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { maxJsonBytes, readJson } from './body.ts';

/** For what keeps the process from opening its context, and with that its log. */
const startLog = createLogger('web');

/** A success: `{"success": true, …}`. */
export function ok(body: object, status = 200): Response {
  return Response.json({ success: true, ...body }, { status });
}

interface RefusalExtras {
  details?: object;
  retryAfterSeconds?: number | undefined;
}

function refuse(status: number, code: string, message: string, extras: RefusalExtras = {}): Response {
  const { details, retryAfterSeconds } = extras;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return Response.json({ success: false, error: { code, message, ...details } }, { status, headers });
}

/**
 * Runs a route handler with the process's context and maps what it throws to the answer that docs/spec.md §10 names.
 * Only an outage of the database is reported as one. An unknown error, also one that keeps the process from opening its
 * context, becomes 500 without its text, which goes to the log.
 */
export async function handle(action: (context: Context) => Promise<Response>): Promise<Response> {
  let context: Context | null = null;
  try {
    context = await requestContext();
    return await action(context);
  } catch (error) {
    if (error instanceof RequestError) return refuse(error.status, error.code, error.message, error);
    if (error instanceof z.ZodError) return refuse(400, 'invalid', problemsOf(error));
    if (error instanceof StorageUnavailable) {
      return refuse(
        503,
        'storage_unavailable',
        'The file storage cannot be reached. Nothing was changed: try again in a moment.',
      );
    }
    const log = context?.log ?? startLog;
    if (isDatabaseDown(error)) {
      log.warn({ err: error }, 'the database cannot be reached');
      return refuse(503, 'database_unavailable', 'The database cannot be reached. Try again in a moment.');
    }
    log.error({ err: error }, 'a request failed');
    return refuse(500, 'internal', 'Something went wrong inside Sluice; its log says what.');
  }
}

/** The query string as an object, for a schema to parse. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

/** @throws RequestError 400 when the body is not JSON, 413 when it is larger than `maxBytes` */
export async function jsonOf(request: Request, maxBytes = maxJsonBytes): Promise<unknown> {
  const value = await readJson(request, maxBytes);
  if (value === undefined) throw new RequestError('invalid', 'invalid_json', 'The body is empty: send JSON');
  return value;
}

/** For calls whose body may be left out. @throws RequestError 400 when there is one and it is not JSON, 413 */
export async function optionalJsonOf(request: Request): Promise<unknown> {
  return (await readJson(request, maxJsonBytes)) ?? {};
}

function problemsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'The request'} ${issue.message}`).join('; ');
}
