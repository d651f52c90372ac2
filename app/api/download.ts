/** A file to save: never shown as a page of ours, never changed on its way. */
export function download({ name, mime, stream }: { name: string; mime: string; stream: ReadableStream }): Response {
  return new Response(stream, {
    headers: {
      'content-type': mime,
      'content-disposition': disposition(name),
      'x-content-type-options': 'nosniff',
      'content-security-policy': 'sandbox',
      'cache-control': 'private, no-store, no-transform',
    },
  });
}

/** RFC 6266: the name in full, and one that old programs understand. */
function disposition(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`;
}
