import { getPages } from '#lib/documents/pages.ts';
import { handle, ok } from '../../../handle.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => ok({ pages: await getPages(context, (await params).id) }));
}
