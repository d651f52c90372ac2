import { exportSessions } from '#lib/sessions/export.ts';
import { exportOptionsOf } from '#lib/sessions/export-query.ts';
import { download } from '../../../download.ts';
import { handle, queryOf } from '../../../respond.ts';

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => {
    const { id } = await params;
    return download(await exportSessions(context, { ids: [id] }, exportOptionsOf(queryOf(request)), request.signal));
  });
}
