/** Calls of the browser to our own API. */
export interface ApiError {
  code: string;
  message: string;
}

/** What the API refused, with the sentence it gave for people. */
export class ApiFailure extends Error {
  override name = 'ApiFailure';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** @throws ApiFailure when it is refused, or the server does not answer */
export async function callApi<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    throw new ApiFailure(0, 'Sluice does not answer. Is it still running?', { cause: error });
  }
  const answer: { success: true } & T | { success: false; error: ApiError } | null = await response.json().catch(() => null);
  if (answer?.success) return answer;
  throw new ApiFailure(response.status, answer?.error.message ?? `The server answered ${response.status}`);
}
