import { getAccountPageData } from '#lib/documents/cached-data.ts';
import { handle, ok } from '../../../../../../../handle.ts';

interface Route {
  params: Promise<{ doc_id: string; account_index: string; page_num: string }>;
}

export async function GET(_request: Request, { params }: Route) {
  return handle(async (context) => {
    const { doc_id, account_index, page_num } = await params;
    return ok(
      await getAccountPageData(context, { documentId: doc_id, accountIndex: account_index, pageNum: page_num }),
    );
  });
}
