import { commandWorkers } from '#lib/workers/commands.ts';
import { handle, ok } from '../../handle.ts';

/** Every worker on every machine hands its documents back and starts afresh. */
export async function POST() {
  return handle(async ({ db }) => {
    await commandWorkers(db, { kind: 'restart' });
    return ok({}, 202);
  });
}
