import { getForecast } from '#lib/sessions/forecast.ts';
import { handle, ok } from '../../../handle.ts';

interface Params {
  params: Promise<{ id: string }>;
}

export async function GET(_request: Request, { params }: Params) {
  return handle(async (context) => ok({ outlook: await getForecast(context, (await params).id) }));
}
