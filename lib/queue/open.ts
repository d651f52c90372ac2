import { PgBoss } from 'pg-boss';
import { logConflict } from '#lib/db/conflicts.ts';
import { ConnectionPool } from '#lib/db/pool.ts';
import type { Logger } from '#lib/log.ts';
import { type DocumentQueue, documentQueues, openDocumentQueue } from './documents.ts';
import { openTaskQueue, type TaskQueue } from './tasks.ts';

/** Delivery to workers: of documents, and of small jobs. */
export interface Queue extends DocumentQueue {
  tasks: TaskQueue;
  close(): Promise<void>;
}

/**
 * Connects to the queue and creates what it needs on first use.
 * `monitor` makes this process look for lost workers; several may, the queue lets one do it at a time.
 */
export async function openQueue(
  url: string,
  options: { monitor: boolean; updateQueues?: boolean; log: Logger },
): Promise<Queue> {
  const pool = new ConnectionPool({ url, name: 'sluice-queue', max: 4, onConflict: logConflict(options.log) });
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.run(text, values) },
    schedule: false,
    supervise: options.monitor,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    registerInstance: false,
  });
  // Without a listener an error in its maintenance ends the process.
  boss.on('error', (error) => options.log.warn({ err: error }, 'queue connection trouble'));
  const close = async () => {
    await boss.stop({ graceful: false });
    await pool.end();
  };
  try {
    await boss.start();
    for (const { name, ...settings } of documentQueues) {
      await boss.createQueue(name, settings);
      // Where the queue exists already, creating it leaves its settings as they were.
      if (options.updateQueues) await boss.updateQueue(name, settings);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ...openDocumentQueue(boss), tasks: openTaskQueue(boss, pool), close };
}
