import { refusalOf } from '#app/live/call-api.ts';

/** From here on an upload takes long enough for a progress bar. */
export const largeUploadBytes = 8 * 1024 * 1024;

/**
 * Sends a form to `POST /api/sessions`, which streams it. `onProgress` gets percent. XMLHttpRequest, because `fetch`
 * does not tell how far an upload is.
 * @throws Error with a sentence for people
 */
export function uploadWithProgress(form: FormData, onProgress: (percent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/sessions');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress((loaded / total) * 100));
    request.addEventListener('load', () => {
      if (request.status === 201) resolve();
      else reject(new Error(refusalOf(request.response, request.status)));
    });
    request.addEventListener('error', () => {
      reject(new Error('The connection was lost before everything had arrived. Nothing was stored: try again.'));
    });
    request.send(form);
  });
}
