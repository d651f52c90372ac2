'use server';

import { redirect } from 'next/navigation';
import { appContext } from '#lib/app-context.ts';
import { type FormProblem, submitSample, uploadFromForm } from '#lib/sessions/upload.ts';

export interface FormState {
  errors: readonly FormProblem[];
  /** What was given, to show it again. Browsers don't let files be given back. */
  given: { schema: string; name: string; priority: string };
}

/** Starts an extraction of the form's files and leads to All Sessions; else says what is wrong with the form. */
export async function startExtraction(_before: FormState, form: FormData): Promise<FormState> {
  const outcome = await uploadFromForm(await appContext(), form);
  if (outcome.ok) redirect('/sessions');
  return {
    errors: outcome.errors,
    given: { schema: textOf(form, 'schema'), name: textOf(form, 'name'), priority: textOf(form, 'priority') },
  };
}

export async function startSample(): Promise<never> {
  await submitSample(await appContext());
  redirect('/sessions');
}

function textOf(form: FormData, key: string): string {
  const value = form.get(key);
  return typeof value === 'string' ? value : '';
}
