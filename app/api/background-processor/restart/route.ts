import { orderWorkers } from '#lib/live.ts';
import { handle, ok } from '../../respond.ts';

/** Every worker on every machine hands its documents back and starts afresh. */
export async function POST() {
  return handle(async ({ db }) => {
    await orderWorkers(db, { kind: 'restart' });
    return ok({}, 202);
  });
}
