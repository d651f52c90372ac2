import { z } from 'zod';
import { refusalOf } from '#app/api-client/call.ts';
import type { FormProblem } from '#lib/sessions/upload.ts';

/** From here on an upload takes long enough for a progress bar. */
export const largeUploadBytes = 8 * 1024 * 1024;

const refusalSchema = z.object({
  error: z.object({
    problems: z
      .array(
        z.object({
          field: z.enum(['files', 'schema', 'name', 'priority', 'form']).catch('form'),
          file: z.string().exactOptional(),
          message: z.string(),
        }),
      )
      .min(1),
  }),
});

/**
 * Sends a form to `POST /api/sessions`, which streams it. `onProgress` gets percent. Gives what is wrong with the form;
 * nothing when the session has started. XMLHttpRequest, because `fetch` does not tell how far an upload is.
 */
export function uploadWithProgress(
  form: FormData,
  onProgress: (percent: number) => void,
): Promise<readonly FormProblem[]> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/sessions');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress((loaded / total) * 100));
    request.addEventListener('load', () => {
      resolve(request.status === 201 ? [] : problemsOf(request.response, request.status));
    });
    request.addEventListener('error', () => {
      const message = 'The connection was lost before everything had arrived. Nothing was stored: try again.';
      resolve([{ field: 'form', message }]);
    });
    request.send(form);
  });
}

function problemsOf(body: unknown, status: number): readonly FormProblem[] {
  const parsed = refusalSchema.safeParse(body);
  return parsed.success ? parsed.data.error.problems : [{ field: 'form', message: refusalOf(body, status) }];
}
