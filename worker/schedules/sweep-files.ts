import { sweepFiles } from '#lib/files/sweep.ts';
import type { Schedule } from '../run-schedules.ts';

/** Deletes files that no document has any more, and what was made of them. */
const schedule: Schedule = {
  name: 'sweep files',
  everyMs: 3600_000,
  run: async (context) => ({ files: await sweepFiles(context) }),
};
export default schedule;
