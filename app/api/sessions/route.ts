import { listQuery } from '#lib/core/contract/sessions.ts';
import { getSession } from '#lib/sessions/get.ts';
import { listSessions } from '#lib/sessions/list.ts';
import { uploadFromRequest } from '#lib/sessions/upload.ts';
import { handle, ok, queryOf } from '../handle.ts';
import { isPlainForm, submitForm } from './plain-form.ts';

export async function GET(request: Request) {
  return handle(async (context) => ok(await listSessions(context, listQuery.parse(queryOf(request)))));
}

/** A program gets the session; a plain form, sent without JavaScript, is led to the page that shows what came of it. */
export async function POST(request: Request) {
  return handle(async (context) => {
    if (isPlainForm(request)) return submitForm(() => uploadFromRequest(context, request));
    const { ids, isPerFile } = await uploadFromRequest(context, request);
    const sessions = await Promise.all(ids.map((id) => getSession(context, id)));
    return ok(isPerFile ? { sessions } : { session: sessions[0] }, 201);
  });
}
