import { extractPage } from '#lib/documents/extract-page.ts';
import { handle, ok } from '../../../../../handle.ts';

export async function GET(request: Request, { params }: { params: Promise<{ doc_id: string; page_num: string }> }) {
  return handle(async (context) => {
    const { doc_id, page_num } = await params;
    const data = await extractPage(context, { documentId: doc_id, pageNum: page_num, signal: request.signal });
    return ok(data, !data.cached && data.processing ? 202 : 200);
  });
}
