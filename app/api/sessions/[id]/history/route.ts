import { getHistory } from '#lib/edits/history.ts';
import { handle, ok } from '../../../respond.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => ok({ history: await getHistory(context.db, (await params).id) }));
}
