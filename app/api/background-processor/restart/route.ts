import { restartWorkers } from '#lib/workers/restart.ts';
import { handle, ok } from '../../handle.ts';

export async function POST() {
  return handle(async (context) => {
    await restartWorkers(context);
    return ok({}, 202);
  });
}
