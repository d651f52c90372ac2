import { sweepIdempotencyKeys } from '#lib/sessions/sweep-keys.ts';
import type { Schedule } from '../run-schedules.ts';

/** Deletes keys of uploads that are no longer honoured. */
const schedule: Schedule = {
  name: 'sweep idempotency keys',
  everyMs: 3600_000,
  run: async (context) => ({ keys: await sweepIdempotencyKeys(context.db) }),
};
export default schedule;
