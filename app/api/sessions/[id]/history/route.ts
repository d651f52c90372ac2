import { getHistory } from '#lib/edits/timeline.ts';
import { handle, ok } from '../../../handle.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => ok({ history: await getHistory(context, (await params).id) }));
}
