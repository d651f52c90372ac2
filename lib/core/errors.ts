/** Why a request was refused; `status` is the HTTP status that the edge answers with (docs/spec.md §10). */
const statuses = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  unsatisfiable: 416,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
} as const;

export type RequestErrorKind = keyof typeof statuses;

/** A refusal that tells the caller what is wrong and what to do. Thrown by lib verbs, mapped once at the edge. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly kind: RequestErrorKind;
  /** A stable code for programs, such as `unknown_schema`. */
  readonly code: string;
  /** When it may work, for `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: RequestErrorKind,
    code: string,
    message: string,
    options?: ErrorOptions & { retryAfterSeconds?: number },
  ) {
    super(message, options);
    this.kind = kind;
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }

  /** What a program may want to know besides; becomes part of the answer. */
  get details(): object {
    return {};
  }

  get status(): number {
    return statuses[this.kind];
  }
}

export function unknownSession(id: string): RequestError {
  return new RequestError('not_found', 'unknown_session', `There is no session ${JSON.stringify(id)}`);
}
