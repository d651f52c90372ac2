import { reextraction } from '#lib/core/contract/sessions.ts';
import { getSession } from '#lib/sessions/get.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { handle, jsonOf, ok } from '../../../handle.ts';

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => {
    const { id } = await params;
    await reextractSession(context, { id, ...reextraction.parse(await jsonOf(request)) });
    return ok({ session: await getSession(context, id) }, 202);
  });
}
