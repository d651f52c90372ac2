import { bulkRequest } from '#lib/core/contract/bulk.ts';
import { changeSessions, countChanges } from '#lib/sessions/bulk.ts';
import { handle, jsonOf, ok } from '../../handle.ts';

export async function POST(request: Request) {
  return handle(async (context) => {
    const order = bulkRequest.parse(await jsonOf(request));
    return ok(order.dry_run ? await countChanges(context, order) : await changeSessions(context, order));
  });
}
