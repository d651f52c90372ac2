import { z } from 'zod';
import { getResults } from '#lib/results/get.ts';
import { numberInQuery } from '#lib/core/storable.ts';
import { handle, ok, queryOf } from '../../../handle.ts';

const query = z.object({ run: numberInQuery('must be the number of a run').optional() });

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async (context) =>
    ok(await getResults(context, { sessionId: (await params).id, run: query.parse(queryOf(request)).run })),
  );
}
