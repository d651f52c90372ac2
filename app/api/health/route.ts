import { checkHealth } from '#lib/workers/health.ts';
import { handle } from '../handle.ts';

export const dynamic = 'force-dynamic';

export async function GET() {
  return handle(async (context) => {
    const { healthy, checks, notes } = await checkHealth(context);
    return Response.json({ success: healthy, checks, notes }, { status: healthy ? 200 : 503 });
  });
}
