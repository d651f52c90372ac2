import { getAccountPageData } from '#lib/documents/cached-data.ts';
import { handle, ok } from '../../../../../../../handle.ts';

interface Route {
  params: Promise<{ doc_id: string; account_index: string; page_num: string }>;
}

export async function GET(_request: Request, { params }: Route) {
  return handle(async ({ db }) => {
    const { doc_id, account_index, page_num } = await params;
    return ok(await getAccountPageData(db, doc_id, account_index, page_num));
  });
}
