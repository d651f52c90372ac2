import { openOriginal } from '#lib/documents/original.ts';
import { attachmentHeaders } from '../../../attachment.ts';
import { handle } from '../../../handle.ts';

/** The original or a range of it. An upload may be anything, so it is only for saving. */
export async function GET(request: Request, { params }: { params: Promise<{ doc_id: string }> }) {
  return handle(async (context) => {
    const { doc_id } = await params;
    const { name, mime, bytes, range, stream } = await openOriginal(context, {
      documentId: doc_id,
      range: request.headers.get('range'),
    });
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
