import { errorResponse } from '#lib/core/contract/common.ts';
import { z } from 'zod';

/** An answer of the API that is not a success, with a sentence for people. */
export class ApiError extends Error {
  override name = 'ApiError';
  /** 0 when the server could not be reached. */
  readonly status: number;
  /** The API's code of the refusal, such as `changed`; empty when it gave none. */
  readonly code: string;
  /** All that the API said of the errorResponse. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, options?: ErrorOptions & { details?: Record<string, unknown> }) {
    super(message, options);
    this.status = status;
    this.details = options?.details ?? {};
    this.code = typeof this.details.code === 'string' ? this.details.code : '';
  }
}

/**
 * Calls the HTTP API and parses its answer.
 * @throws ApiError
 */
export async function callApi<T>(url: string, answer: z.ZodType<T>, init?: RequestInit): Promise<T> {
  const response = await reach(url, init);
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new ApiError(response.status, `The server answered ${response.status} without a reason. Try again.`, {
      cause,
    });
  });
  if (!response.ok) {
    const details = errorResponse.safeParse(body).data?.error ?? {};
    throw new ApiError(response.status, refusalOf(body, response.status), { details });
  }
  return answer.parse(body);
}

async function reach(url: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new ApiError(0, 'Sluice cannot be reached. Check that it is running, then try again.', { cause });
  }
}

/** The sentence of a errorResponse. */
export function refusalOf(body: unknown, status: number): string {
  const parsed = errorResponse.safeParse(body);
  return parsed.success ? parsed.data.error.message : `The server answered ${status}. Try again.`;
}
