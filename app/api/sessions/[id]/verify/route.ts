import { z } from 'zod';
import { trimmedText } from '#lib/core/storable.ts';
import { getSession } from '#lib/sessions/get.ts';
import { verifySession } from '#lib/sessions/verify.ts';
import { handle, ok, optionalJsonOf } from '../../../handle.ts';

const body = z.object({ reason: trimmedText(2000).min(1).nullish() });

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => {
    const { id } = await params;
    const { reason = null } = body.parse(await optionalJsonOf(request));
    await verifySession(context, { id, reason });
    return ok({ session: await getSession(context, id) });
  });
}
