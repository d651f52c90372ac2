import { attachmentHeaders } from '#app/api/attachment.ts';
import { handle } from '#app/api/respond.ts';
import { openOriginal } from '#lib/documents/original.ts';

/** `GET /api/document/{id}/file`: the original or a range of it. An upload may be anything, so it is only for saving. */
export function originalFile(request: Request, documentId: string): Promise<Response> {
  return handle(async (context) => {
    const { name, mime, bytes, range, stream } = await openOriginal(context, documentId, request.headers.get('range'));
    return new Response(stream, {
      status: range ? 206 : 200,
      headers: {
        ...attachmentHeaders(name, mime),
        'content-length': String(range ? range.to - range.from + 1 : bytes),
        ...(range ? { 'content-range': `bytes ${range.from}-${range.to}/${bytes}` } : {}),
        'accept-ranges': 'bytes',
      },
    });
  });
}
