import { AISDKError, APICallError, InvalidResponseDataError, NoContentGeneratedError } from 'ai';
import { z } from 'zod';
import { DocumentError } from '#lib/core/failures.ts';
import { CallError } from '#worker/lane/call-error.ts';

/** The server does not take the form of the request; another form may do. */
export class RequestRefused extends Error {
  override name = 'RequestRefused';
  /** The parameter that the server names as the culprit. */
  readonly param: string | null;

  constructor(message: string, param: string | null) {
    super(message);
    this.param = param;
  }
}

/** As long as a timer can be. */
const maxRetryAfterMs = 24 * 24 * 3600_000;

/** The error's machine-readable parts, where a server gives them (https://platform.openai.com/docs/guides/error-codes). */
const bodySchema = z.object({
  error: z.object({ code: z.unknown(), type: z.unknown(), param: z.unknown() }).partial(),
});

/**
 * What an error of the SDK means for the page, told by status codes. The result never carries the SDK's error: that
 * holds the prompt and the answer, and document text must not reach a log.
 * @returns CallError when another try may help, RequestRefused when another form of request may, else DocumentError;
 * null for errors that are not about the server
 */
export function classify(error: unknown, now: number): CallError | RequestRefused | DocumentError | null {
  if (InvalidResponseDataError.isInstance(error) || NoContentGeneratedError.isInstance(error)) {
    return new CallError('unavailable', 'the server answered without content', { mayBeCharged: true });
  }
  if (!APICallError.isInstance(error)) return AISDKError.isInstance(error) ? unexpected(error.name) : null;
  const { statusCode: status, responseHeaders: headers = {} } = error;
  if (status === undefined) return connectionError(networkCode(error.cause));
  const { text, code, param } = bodyFacts(error.responseBody);
  const message = `HTTP ${status}${text}`;
  const cause = new Error(message);
  if (status < 300) {
    return new CallError('unavailable', 'the response was truncated or is not JSON', { mayBeCharged: true });
  }
  if (status === 401 || status === 403) return new DocumentError('model_auth', undefined, { cause });
  if (code === 'insufficient_quota') return new DocumentError('model_rate_limited', quotaSpent, { cause });
  if (isBusy(status, code)) return new CallError('busy', message, { retryAfterMs: retryAfter(headers, now) });
  if (status === 408) return new CallError('timed_out', message);
  if (status !== 501 && isUnavailable(status, code))
    return new CallError('unavailable', message, { retryAfterMs: retryAfter(headers, now) });
  if (isForm(status, code)) return new RequestRefused(message, param);
  return rejected(message);
}

const quotaSpent = 'The quota of the model account is used up. Raise it, then retry.';

/** Refusals that no other form of the same request can fix. */
const aboutThePage = new Set(['content_filter', 'context_length_exceeded', 'model_not_found']);
const isForm = (status: number, code: string | null) =>
  (status === 400 || status === 422 || status === 501) && !aboutThePage.has(code ?? '');

/** The Responses API also names these failures in an answer of status 200, for which the SDK makes up the status 400. */
const isBusy = (status: number, code: string | null) =>
  status === 429 || status === 529 || code === 'rate_limit_exceeded';
const isUnavailable = (status: number, code: string | null) =>
  status >= 500 || status === 409 || status === 425 || code === 'server_error';

/** fetch itself gives up on a silent server after 300 s, whatever MODEL_TIMEOUT_S says. */
const fetchTimeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** There was no connection, so nothing was sent. */
const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function connectionError(code: string): CallError {
  const kind = fetchTimeouts.has(code) ? 'timed_out' : 'unavailable';
  return new CallError(kind, `no connection: ${code}`, { mayBeCharged: !unsent.has(code) });
}

function unexpected(name: string): DocumentError {
  return new DocumentError('internal', undefined, { cause: new Error(name) });
}

/** The request is refused in every form. */
export function rejected(message: string): DocumentError {
  const shown = `The model server rejected the request (${message}). Check MODEL and OPENAI_BASE_URL, then retry.`;
  return new DocumentError('model_rejected', shown);
}

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), or in milliseconds as some servers have it. */
function retryAfter(headers: Record<string, string>, now: number): number | null {
  const exact = headers['retry-after-ms'];
  const given = headers['retry-after'] ?? '';
  const isDate = /[a-z]/i.test(given);
  const ms = exact ? Number(exact) : isDate ? Date.parse(given) - now : given ? Number(given) * 1000 : NaN;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), maxRetryAfterMs);
}

/** `body` is text, or what the SDK made of it. */
function bodyFacts(body: unknown): { text: string; code: string | null; param: string | null } {
  const error = bodySchema.safeParse(typeof body === 'string' ? parseJson(body) : body).data?.error;
  const [code, type, param] = [identifier(error?.code), identifier(error?.type), identifier(error?.param)];
  const said = [code ?? type, param].filter((one) => one !== null);
  return { text: said.length > 0 ? `: ${said.join(', ')}` : '', code, param };
}

/** Only what looks like a name is taken over: anything else may quote the document. */
function identifier(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : null;
}

function networkCode(cause: unknown): string {
  for (let error = cause; error instanceof Error; error = error.cause) {
    const code = identifier('code' in error ? error.code : null);
    if (code) return code;
  }
  return 'it broke';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
