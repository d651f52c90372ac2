import type { Schedule } from '#worker/run-schedules.ts';

/** Who ran it, in order. */
export const ticks: string[] = [];

const schedule: Schedule = {
  name: 'test tick',
  everyMs: 24 * 3600_000,
  async run({ actor }) {
    ticks.push(actor.kind);
    return { ticks: ticks.length };
  },
};
export default schedule;
