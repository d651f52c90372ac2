import { z } from 'zod';
import { getSchema } from '#lib/schemas/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { handle, jsonOf, ok, queryOf } from '../../respond.ts';

interface Route {
  params: Promise<{ slug: string }>;
}

const query = z.object({
  version: z.coerce.number({ error: 'must be the number of a version' }).int().positive().optional(),
});

export async function GET(request: Request, { params }: Route) {
  return handle(async ({ db }) => {
    const { version } = query.parse(queryOf(request));
    return ok({ schema: await getSchema(db, (await params).slug, version) });
  });
}

export async function PUT(request: Request, { params }: Route) {
  return handle(async ({ db }) => ok({ schema: await putSchema(db, (await params).slug, await jsonOf(request)) }));
}
