import { newPassword } from '#lib/core/contract/documents.ts';
import { submitPassword } from '#lib/documents/submit-password.ts';
import { getSession } from '#lib/sessions/get.ts';
import { handle, jsonOf, ok } from '../../../handle.ts';

export async function POST(request: Request, { params }: { params: Promise<{ doc_id: string }> }) {
  return handle(async (context) => {
    const { password } = newPassword.parse(await jsonOf(request));
    const { sessionId } = await submitPassword(context, { documentId: (await params).doc_id, password });
    return ok({ session: await getSession(context, sessionId) }, 202);
  });
}
