import { resultsQuery } from '#lib/core/contract/sessions.ts';
import { getResults } from '#lib/results/get.ts';
import { handle, ok, queryOf } from '../../../handle.ts';

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) =>
    ok(await getResults(context, { sessionId: (await params).id, run: resultsQuery.parse(queryOf(request)).run })),
  );
}
