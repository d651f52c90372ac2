import { create } from 'content-disposition';

/** Headers of a file to save: never shown as a page of ours, never changed on its way. */
export function attachmentHeaders(name: string, mime: string): Record<string, string> {
  return {
    'content-type': mime,
    'content-disposition': create(printable(name)),
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
    'cache-control': 'private, no-store, no-transform',
  };
}

/** A header holds no control characters and no half surrogates. */
function printable(name: string): string {
  return name.toWellFormed().replace(/\p{Cc}/gu, '_');
}
