/** Sends the form to the API, which streams it, and tells how many percent have gone. `fetch` cannot tell. */
export function sendWithProgress(form: FormData, onProgress: (percent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/sessions');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / total)));
    request.addEventListener('load', () => {
      if (request.status === 201) return resolve();
      const answer: { error?: { message?: string } } | null = request.response;
      reject(new Error(answer?.error?.message ?? `The server answered ${request.status}`));
    });
    request.addEventListener('error', () => reject(new Error('The upload broke off. Is Sluice still running?')));
    request.send(form);
  });
}
