import { z } from 'zod';
import { appContext, type Context } from '#lib/app-context.ts';
import { isDatabaseAway } from '#lib/db/unavailable.ts';
import { RequestError } from '#lib/errors.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';

/** A success: `{"success": true, …}`. */
export function ok(body: object, status = 200): Response {
  return Response.json({ success: true, ...body }, { status });
}

function refuse(status: number, code: string, message: string, details: object = {}): Response {
  return Response.json({ success: false, error: { code, message, ...details } }, { status });
}

/**
 * Runs a route handler with the process's context and maps what it throws to the answer that SPEC.md §10 names.
 * An unknown error becomes 500 without its text, which goes to the log.
 */
export async function handle(action: (context: Context) => Promise<Response>): Promise<Response> {
  let context: Context | null = null;
  try {
    context = await appContext();
    return await action(context);
  } catch (error) {
    if (error instanceof RequestError) return refuse(error.status, error.code, error.message, error.details);
    if (error instanceof z.ZodError) return refuse(400, 'invalid', problemsOf(error));
    if (error instanceof StorageUnavailable) {
      return refuse(
        503,
        'storage_unavailable',
        'The file storage cannot be reached. Nothing was changed: try again in a while.',
      );
    }
    if (!context || isDatabaseAway(error)) {
      return refuse(503, 'database_unavailable', 'The database cannot be reached. Try again in a while.');
    }
    context.log.error({ err: error }, 'a request failed');
    return refuse(500, 'internal', 'Something went wrong inside Sluice; its log says what.');
  }
}

/** The query string as an object, for a schema to parse. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

/** @throws RequestError 400 when the body is not JSON */
export async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (error) {
    throw new RequestError('invalid', 'invalid_json', 'The body is not JSON', { cause: error });
  }
}

/** For calls whose body may be left out. @throws RequestError 400 when there is one and it is not JSON */
export async function optionalJsonOf(request: Request): Promise<unknown> {
  const text = await request.text();
  return text.trim() === '' ? {} : jsonOf(new Request(request.url, { method: 'POST', body: text }));
}

function problemsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'The request'} ${issue.message}`).join('; ');
}
