import { sweepFiles } from '#lib/files/sweep.ts';
import type { Schedule } from '../run-schedules.ts';

/** Deletes originals that no document refers to any more, and the artifacts made from them. */
const schedule: Schedule = {
  name: 'sweep files',
  everyMs: 3600_000,
  run: async (context) => ({ files: await sweepFiles(context) }),
};
export default schedule;
