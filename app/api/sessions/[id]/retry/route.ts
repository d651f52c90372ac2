import { retrySession } from '#lib/sessions/retry.ts';
import { getSession } from '#lib/sessions/get.ts';
import { handle, ok } from '../../../handle.ts';

export async function POST(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => {
    const { id } = await params;
    await retrySession(context, id);
    return ok({ session: await getSession(context, id) });
  });
}
