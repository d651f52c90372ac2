import { openOriginal } from '#lib/documents/original.ts';
import { handle } from '../../../respond.ts';

/** The original or a range of it, never shown by the browser as a page of ours: an upload may be anything. */
export async function GET(request: Request, { params }: { params: Promise<{ doc_id: string }> }) {
  return handle(async (context) => {
    const { doc_id } = await params;
    const { name, mime, bytes, range, stream } = await openOriginal(context, doc_id, request.headers.get('range'));
    return new Response(stream, {
      status: range ? 206 : 200,
      headers: {
        'content-type': mime,
        'content-length': String(range ? range.to - range.from + 1 : bytes),
        ...(range ? { 'content-range': `bytes ${range.from}-${range.to}/${bytes}` } : {}),
        'accept-ranges': 'bytes',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': 'sandbox',
        'cache-control': 'private, no-store',
      },
    });
  });
}
