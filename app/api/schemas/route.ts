import { listSchemas } from '#lib/schemas/get.ts';
import { createSchema } from '#lib/schemas/put.ts';
import { maxSchemaBytes } from '../body.ts';
import { handle, jsonOf, ok } from '../handle.ts';

export const dynamic = 'force-dynamic';

export async function GET() {
  return handle(async ({ db }) => ok({ schemas: await listSchemas(db) }));
}

export async function POST(request: Request) {
  return handle(async ({ db }) => ok({ schema: await createSchema(db, await jsonOf(request, maxSchemaBytes)) }, 201));
}
