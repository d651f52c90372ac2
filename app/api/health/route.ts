import { checkHealth } from '#lib/workers/health.ts';
import { handle } from '../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET() {
  return handle(async (context) => {
    const { healthy, checks } = await checkHealth(context);
    return Response.json({ success: healthy, checks }, { status: healthy ? 200 : 503 });
  });
}
