import { exportSessions } from '#lib/exports/stream.ts';
import { exportOptionsOf } from '#lib/exports/query.ts';
import { download } from '../../../download.ts';
import { handle, queryOf } from '../../../handle.ts';

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) => {
    const { id } = await params;
    return download(
      await exportSessions(context, {
        target: { ids: [id] },
        ...exportOptionsOf(queryOf(request)),
        signal: request.signal,
      }),
    );
  });
}
