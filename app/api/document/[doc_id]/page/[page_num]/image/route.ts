import { getPageImage } from '#lib/documents/page-image.ts';
import { handle } from '../../../../../handle.ts';

export async function GET(request: Request, { params }: { params: Promise<{ doc_id: string; page_num: string }> }) {
  return handle(async (context) => {
    const { doc_id, page_num } = await params;
    const png = await getPageImage(context, { documentId: doc_id, pageNum: page_num, signal: request.signal });
    return new Response(new Uint8Array(png), {
      headers: {
        'content-type': 'image/png',
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  });
}
