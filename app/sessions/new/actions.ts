'use server';

import { redirect } from 'next/navigation';
import { appContext } from '#lib/context.ts';
import { submitSample } from '#lib/sessions/upload.ts';

export async function startSample(): Promise<never> {
  await submitSample(await appContext());
  redirect('/sessions');
}
