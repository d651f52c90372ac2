import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { exportSessions } from '#lib/exports/stream.ts';
import { exportOptionsOf, exportTargetOf } from '#lib/exports/query.ts';
import { download } from '../../download.ts';
import { handle, jsonOf, queryOf } from '../../handle.ts';

export async function GET(request: Request) {
  return handle(async (context) => answer(context, queryOf(request), request.signal));
}

const bodySchema = z.looseObject({ filter: z.record(z.string(), z.unknown()).optional() });

/** The same as a JSON object, `ids` as a list or a `filter` as in `POST …/bulk`: for more ids than an address holds. */
export async function POST(request: Request) {
  return handle(async (context) => {
    const { filter, ...asked } = bodySchema.parse(await jsonOf(request));
    return answer(context, { ...asked, ...filter }, request.signal);
  });
}

async function answer(context: Context, query: Record<string, unknown>, signal: AbortSignal): Promise<Response> {
  return download(await exportSessions(context, { target: exportTargetOf(query), ...exportOptionsOf(query), signal }));
}
