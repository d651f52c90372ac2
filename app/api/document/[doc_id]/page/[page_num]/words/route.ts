import { getPage } from '#lib/documents/page.ts';
import { handle, ok } from '../../../../../handle.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ doc_id: string; page_num: string }> }) {
  return handle(async (context) => {
    const { doc_id, page_num } = await params;
    return ok({ page: await getPage(context, { documentId: doc_id, pageNum: page_num }) });
  });
}
