'use server';

import { redirect } from 'next/navigation';
import { appContext } from '#lib/app-context.ts';
import { type FormProblem, submitSample, uploadFromForm } from '#lib/sessions/upload.ts';

export interface FormState {
  problems: FormProblem[];
}

/** Start Extraction: the redirect comes as soon as the session is written; the work runs in the background. */
export async function startExtraction(_before: FormState, form: FormData): Promise<FormState> {
  const outcome = await uploadFromForm(await appContext(), form);
  if (!outcome.ok) return { problems: outcome.errors };
  redirect('/sessions');
}

export async function startSample(): Promise<void> {
  await submitSample(await appContext());
  redirect('/sessions');
}
