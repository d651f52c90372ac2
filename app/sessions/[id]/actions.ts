'use server';

import { newPassword } from '#lib/core/contract/documents.ts';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { requestContext } from '#app/request-context.ts';
import { submitPassword } from '#lib/documents/submit-password.ts';
import { RequestError } from '#lib/core/errors.ts';

/** Gives the password of a protected document. What is wrong with it, for people; null when it is being read. */
export async function givePasswordAction(_before: string | null, form: FormData): Promise<string | null> {
  const parsed = newPassword.safeParse({ password: form.get('password') });
  if (!parsed.success) return `The password ${parsed.error.issues[0]?.message ?? 'cannot be used'}.`;
  try {
    const documentId = z.string().parse(form.get('document_id'));
    const { sessionId } = await submitPassword(await requestContext(), { documentId, password: parsed.data.password });
    revalidatePath(`/sessions/${sessionId}`);
    return null;
  } catch (error) {
    if (error instanceof RequestError) return `${error.message}.`;
    throw error;
  }
}
