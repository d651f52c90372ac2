/** The closed list of reasons why a document or a page failed (docs/spec.md §3), with the sentence a person reads. */
export const failures = {
  unsupported_file: {
    retryable: false,
    message: 'Sluice cannot read this kind of file. Save it as PDF, Word, Excel or an image and upload it again.',
  },
  encrypted_file: {
    retryable: false,
    message: 'Password-protected: enter the password, or upload a copy without one.',
  },
  corrupt_file: {
    retryable: false,
    message: 'The file is damaged and cannot be opened. Export it again from where it came from and upload that.',
  },
  empty_file: { retryable: false, message: 'The file has no content.' },
  too_large: { retryable: false, message: 'The file is larger than allowed. Split it and upload the parts.' },
  too_many_pages: { retryable: false, message: 'The file has more pages than allowed. Split it and upload the parts.' },
  too_complex: {
    retryable: false,
    message: 'The file needs more memory or time to read than allowed. Print it to a new PDF and upload that.',
  },
  no_text_found: { retryable: false, message: 'No text was found on any page. Scan it again at a higher resolution.' },
  model_auth: {
    retryable: true,
    message: 'The model server refused the key. Set a valid OPENAI_API_KEY, restart and retry.',
  },
  model_rejected: {
    retryable: true,
    message: 'The model server rejected the request. Check MODEL and OPENAI_BASE_URL, then retry.',
  },
  model_unavailable: {
    retryable: true,
    message: 'The model server could not be reached. Check that it is running, then retry.',
  },
  model_rate_limited: { retryable: true, message: 'The model server is limiting requests. Retry later.' },
  model_bad_output: {
    retryable: true,
    message: 'The model answered twice with something that does not fit the schema. Retry, or choose another model.',
  },
  timed_out: { retryable: true, message: 'It took longer than allowed. Retry when the machine is less busy.' },
  storage_unavailable: {
    retryable: true,
    message: 'The file storage could not be reached. Check STORAGE_URL, then retry.',
  },
  worker_lost: {
    retryable: true,
    message:
      'Three workers in a row stopped while working on this document. Retry, and look at the worker log if it happens again.',
  },
  cancelled: { retryable: true, message: 'Cancelled before it was finished.' },
  internal: { retryable: true, message: 'Something went wrong inside Sluice. The worker log says what. Retry.' },
} as const;

export type FailureReason = keyof typeof failures;
export const failureReasons = Object.keys(failures) as [FailureReason, ...FailureReason[]];

export interface Failure {
  reason: FailureReason;
  message: string;
}

/** A failure of a document or page that the pipeline expects and knows how to name. */
export class DocumentError extends Error {
  override name = 'DocumentError';
  readonly reason: FailureReason;

  /** `message` is shown to people; the plain sentence of the reason when absent. */
  constructor(reason: FailureReason, message?: string, options?: ErrorOptions) {
    super(message ?? failures[reason].message, options);
    this.reason = reason;
  }

  get failure(): Failure {
    return { reason: this.reason, message: this.message };
  }
}

/** What to show for any thrown thing; unknown errors become `internal`, their text stays in the log. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DocumentError) return error.failure;
  return { reason: 'internal', message: failures.internal.message };
}
