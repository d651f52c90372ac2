import { dueSessions, requestLearning } from '#lib/layouts/due.ts';
import type { Schedule } from '../run-schedules.ts';

/** Has a worker learn from sessions that were verified while none could be told. */
const schedule: Schedule = {
  name: 'learn what is due',
  everyMs: 60_000,
  async run(context) {
    const due = await dueSessions(context.db, 1);
    if (due.length > 0) await requestLearning(context);
    return { isDue: due.length > 0 };
  },
};
export default schedule;
