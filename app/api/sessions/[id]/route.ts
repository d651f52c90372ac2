import { sessionChange } from '#lib/core/contract/sessions.ts';
import { getSession } from '#lib/sessions/get.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { setPriority } from '#lib/sessions/set-priority.ts';
import { handle, jsonOf, ok } from '../../handle.ts';

interface Route {
  params: Promise<{ id: string }>;
}

export async function GET(_request: Request, { params }: Route) {
  return handle(async (context) => ok({ session: await getSession(context, (await params).id) }));
}

export async function PATCH(request: Request, { params }: Route) {
  return handle(async (context) => {
    const { id } = await params;
    const { priority } = sessionChange.parse(await jsonOf(request));
    await setPriority(context, { id, priority });
    return ok({ session: await getSession(context, id) });
  });
}

export async function DELETE(_request: Request, { params }: Route) {
  return handle(async (context) => {
    await deleteSession(context, (await params).id);
    return ok({});
  });
}
