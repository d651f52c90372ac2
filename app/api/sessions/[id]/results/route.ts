import { z } from 'zod';
import { getResults } from '#lib/results/get.ts';
import { handle, ok, queryOf } from '../../../respond.ts';

const query = z.object({ run: z.coerce.number({ error: 'must be the number of a run' }).int().positive().optional() });

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return handle(async ({ db }) => ok(await getResults(db, (await params).id, query.parse(queryOf(request)).run)));
}
