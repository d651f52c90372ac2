import { getProcessorStatus } from '#lib/workers/status.ts';
import { handle, ok } from '../../handle.ts';

export const dynamic = 'force-dynamic';

export async function GET() {
  return handle(async (context) => ok({ status: await getProcessorStatus(context) }));
}
