import { getBackgroundStatus } from '#lib/documents/get.ts';
import { handle, ok } from '../../../handle.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ doc_id: string }> }) {
  return handle(async (context) => ok({ status: await getBackgroundStatus(context, (await params).doc_id) }));
}
