import { sweepEvents } from '#lib/lifecycle/sweep-events.ts';
import type { Schedule } from '../run-schedules.ts';

/** Deletes events that are delivered and old. */
const schedule: Schedule = {
  name: 'sweep events',
  everyMs: 3600_000,
  run: async (context) => ({ events: await sweepEvents(context.db) }),
};
export default schedule;
