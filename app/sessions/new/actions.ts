'use server';

import { redirect } from 'next/navigation';
import { requestContext } from '#app/request-context.ts';
import { submitSample } from '#lib/sessions/upload.ts';

export async function startSample(): Promise<never> {
  await submitSample(await requestContext());
  redirect('/sessions');
}
