import { sql } from 'drizzle-orm';
import type { Transaction } from './client.ts';

/** Well below the time after which PostgreSQL ends an idle transaction (lib/context.ts). */
const keepAliveMs = 3000;

/**
 * Waits for something outside the database while a transaction is open. PostgreSQL ends a transaction that is idle for too
 * long, so that a stopped process holds no locks; this shows that the process still runs.
 */
export async function keepAlive<T>(tx: Transaction, action: () => T | Promise<T>, everyMs = keepAliveMs): Promise<T> {
  // When the connection is lost, the transaction's next statement reports it.
  const timer = setInterval(() => void tx.execute(sql`select 1`).catch(() => undefined), everyMs);
  try {
    return await action();
  } finally {
    clearInterval(timer);
  }
}
