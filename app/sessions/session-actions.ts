'use client';

import { doneResponse } from '#lib/core/contract/common.ts';
import { type SessionSummary, sessionResponse } from '#lib/core/contract/sessions.ts';
import { toast } from 'sonner';
import { ApiError, callApi } from '#app/api-client/call.ts';

/** Retries, cancels or reopens a session. Gives its new state; null when that was refused, which is told in a toast. */
export function changeSession(id: string, verb: 'retry' | 'cancel' | 'reopen'): Promise<SessionSummary | null> {
  return orToast(
    async () => (await callApi(`/api/sessions/${id}/${verb}`, sessionResponse, { method: 'POST' })).session,
  );
}

/** Makes a session's next run. null when that was refused. */
export function extractAgain(id: string, asked: object): Promise<SessionSummary | null> {
  const init = { method: 'POST', body: JSON.stringify(asked) };
  return orToast(async () => (await callApi(`/api/sessions/${id}/extract`, sessionResponse, init)).session);
}

/** Deletes a session. false when that was refused. */
export async function deleteSession(id: string): Promise<boolean> {
  return (await orToast(() => callApi(`/api/sessions/${id}`, doneResponse, { method: 'DELETE' }))) !== null;
}

async function orToast<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast.error(error.message);
    return null;
  }
}
