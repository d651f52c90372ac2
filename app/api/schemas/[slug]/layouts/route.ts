import { layoutsFile, layoutsResponse } from '#lib/core/contract/layouts.ts';
import { exportLayouts, forgetLayouts, importLayouts } from '#lib/layouts/transfer.ts';
import { maxLayoutBytes } from '../../../body.ts';
import { handle, jsonOf, ok } from '../../../handle.ts';

interface Route {
  params: Promise<{ slug: string }>;
}

/** What was learned for a schema, as a file for another installation. */
export async function GET(_request: Request, { params }: Route) {
  return handle(async (context) => ok({ layouts: await exportLayouts(context, (await params).slug) }));
}

export async function POST(request: Request, { params }: Route) {
  return handle(async (context) => {
    const given = await jsonOf(request, maxLayoutBytes);
    // The whole answer of an export is a file as well.
    const { layouts: file } = layoutsResponse.safeParse(given).data ?? { layouts: layoutsFile.parse(given) };
    return ok(await importLayouts(context, (await params).slug, file));
  });
}

export async function DELETE(_request: Request, { params }: Route) {
  return handle(async (context) => ok({ forgotten: await forgetLayouts(context, (await params).slug) }));
}
