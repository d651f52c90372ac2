import { dueSessions, learnTask } from '#lib/layouts/due.ts';
import { learnSession } from '../learning/learn-session.ts';
import { handleTask } from '../run-tasks.ts';

const batch = 20;

/** Learns from sessions that were verified. */
export default handleTask({
  task: learnTask,
  concurrency: 1,
  open: ({ db, log }, services) => ({
    async run(_payload, signal) {
      const tried = new Set<string>();
      for (;;) {
        const due = (await dueSessions(db, batch)).filter((id) => !tried.has(id));
        if (due.length === 0 || signal.aborted) return;
        for (const id of due) {
          tried.add(id);
          await learnSession(services, id, signal).catch((error: unknown) => {
            if (signal.aborted) throw error;
            log.warn({ session: id, err: error }, 'nothing could be learned from a verified session');
          });
        }
      }
    },
  }),
});
