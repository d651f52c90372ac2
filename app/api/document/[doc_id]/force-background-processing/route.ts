import { forceDocument } from '#lib/documents/force.ts';
import { getBackgroundStatus } from '#lib/documents/get.ts';
import { handle, ok, queryOf } from '../../../handle.ts';

export async function POST(request: Request, { params }: { params: Promise<{ doc_id: string }> }) {
  return handle(async (context) => {
    const { doc_id } = await params;
    await forceDocument(context, { id: doc_id, fresh: queryOf(request).fresh === '1' });
    return ok({ status: await getBackgroundStatus(context, doc_id) }, 202);
  });
}
