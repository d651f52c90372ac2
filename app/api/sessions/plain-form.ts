import { refusalCookie, refusedFormUrl } from '#app/sessions/new/refused-form.ts';
import { UploadRefused } from '#lib/sessions/upload.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';

/** Only a browser that follows a form asks for a page. */
export function isPlainForm(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false;
}

/** Leads to All Sessions, or back to the form with what is wrong. */
export async function submitForm(upload: () => Promise<unknown>): Promise<Response> {
  try {
    await upload();
    return seeOther('/sessions');
  } catch (error) {
    if (error instanceof UploadRefused) return backToForm(error);
    if (error instanceof StorageUnavailable) {
      const message = 'The file storage cannot be reached, so nothing was uploaded. Try again in a moment.';
      return backToForm({ problems: [{ field: 'form', message }], fields: {} });
    }
    throw error;
  }
}

function backToForm(refusal: Pick<UploadRefused, 'problems' | 'fields'>): Response {
  return seeOther(refusedFormUrl, { 'set-cookie': refusalCookie(refusal) });
}

function seeOther(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { location, ...headers } });
}
