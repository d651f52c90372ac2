import { DocumentError, type FailureReason } from '#lib/core/failures.ts';

/**
 * Why a call gave no answer, where another try may: `busy` (the server refuses for now), `timed_out`, `unavailable`
 * (errors of the server, connections that broke).
 */
export const callErrorKinds = ['busy', 'timed_out', 'unavailable'] as const;
export type CallErrorKind = (typeof callErrorKinds)[number];

export class CallError extends Error {
  override name = 'CallError';
  readonly kind: CallErrorKind;
  /** How long the server asks to wait before any call; null when it does not say. */
  readonly retryAfterMs: number | null;
  /** The request was sent and not refused: the provider may have worked on it, and charge for it. */
  readonly mayBeCharged: boolean;

  constructor(
    kind: CallErrorKind,
    message: string,
    { retryAfterMs = null, mayBeCharged = false }: { retryAfterMs?: number | null; mayBeCharged?: boolean } = {},
  ) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.mayBeCharged = mayBeCharged;
  }
}

const reasons: Record<CallErrorKind, FailureReason> = {
  busy: 'model_rate_limited',
  timed_out: 'timed_out',
  unavailable: 'model_unavailable',
};

/** What a page fails with when no more tries are made. */
export function documentErrorOf(error: CallError): DocumentError {
  const message =
    error.kind === 'timed_out' ? 'The model did not answer in time. Raise MODEL_TIMEOUT_S, or retry.' : undefined;
  return new DocumentError(reasons[error.kind], message, { cause: error });
}
