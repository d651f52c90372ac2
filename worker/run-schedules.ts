import type { Context } from '#lib/context.ts';
import { takeTurn } from '#lib/queue/turns.ts';
import { loadFolder } from './load-folder.ts';

/** Something to be done again and again: what each file of `worker/schedules` exports by default. */
export interface Schedule {
  name: string;
  everyMs: number;
  /** Gives facts for the log. */
  run(context: Context): Promise<Record<string, unknown>>;
}

/** How often a worker looks whether something is due. */
const lookMs = 60_000;

/** The schedules in a folder: a file more is a schedule more. */
export function findSchedules(folder = new URL('./schedules/', import.meta.url)): Promise<Schedule[]> {
  return loadFolder(folder);
}

/** Runs what is due, now and from then on, one after the other. Of all workers, one runs each when it is due. */
export function startSchedules(context: Context, schedules: readonly Schedule[]): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const look = async () => {
    for (const schedule of schedules) {
      if (!stopped) await runWhenDue(context, schedule);
    }
  };
  const timer = setInterval(() => {
    running = running.then(look);
  }, lookMs);
  running = look();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function runWhenDue(context: Context, schedule: Schedule): Promise<void> {
  const { db, log } = context;
  const { name, everyMs } = schedule;
  try {
    if (!(await takeTurn(db, name, everyMs))) return;
    log.info({ schedule: name, ...(await schedule.run(context)) }, 'done as scheduled');
  } catch (error) {
    log.warn({ err: error, schedule: name }, 'a schedule failed');
  }
}
