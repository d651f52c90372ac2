import { openOriginal } from '#lib/documents/original.ts';
import { handle } from '../../../respond.ts';

/** The original, never shown by the browser as a page of ours: an upload may be anything. */
export async function GET(_request: Request, { params }: { params: Promise<{ doc_id: string }> }) {
  return handle(async (context) => {
    const { name, mime, bytes, stream } = await openOriginal(context, (await params).doc_id);
    return new Response(stream, {
      headers: {
        'content-type': mime,
        'content-length': String(bytes),
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': 'sandbox',
        'cache-control': 'private, no-store',
      },
    });
  });
}
