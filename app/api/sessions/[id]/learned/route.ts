import { unlearnSession } from '#lib/layouts/unlearn.ts';
import { handle, ok } from '../../../handle.ts';

/** Forgets what was learned from a verified session, which stays verified. */
export async function DELETE(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => ok({ forgotten: await unlearnSession(context, (await params).id) }));
}
