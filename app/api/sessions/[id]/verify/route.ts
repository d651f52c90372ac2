import { statusReason } from '#lib/core/contract/sessions.ts';
import { getSession } from '#lib/sessions/get.ts';
import { verifySession } from '#lib/sessions/verify.ts';
import { handle, ok, optionalJsonOf } from '../../../handle.ts';

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => {
    const { id } = await params;
    const { reason = null } = statusReason.parse(await optionalJsonOf(request));
    await verifySession(context, { id, reason });
    return ok({ session: await getSession(context, id) });
  });
}
