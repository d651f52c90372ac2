import { attachmentHeaders } from './attachment.ts';

/** A file to save that is made while it is sent. */
export function download({ name, mime, stream }: { name: string; mime: string; stream: ReadableStream }): Response {
  return new Response(stream, { headers: attachmentHeaders(name, mime) });
}
