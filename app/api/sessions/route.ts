import { getSession } from '#lib/sessions/get.ts';
import { listQuerySchema, listSessions } from '#lib/sessions/list.ts';
import { uploadFromRequest } from '#lib/sessions/upload.ts';
import { handle, ok, queryOf } from '../respond.ts';

export async function GET(request: Request) {
  return handle(async ({ db }) => ok(await listSessions(db, listQuerySchema.parse(queryOf(request)))));
}

export async function POST(request: Request) {
  return handle(async (context) => {
    const id = await uploadFromRequest(context, request);
    return ok({ session: await getSession(context.db, id) }, 201);
  });
}
