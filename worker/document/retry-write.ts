import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict } from '#lib/db/statement-error.ts';
import { isDatabaseDown } from '#lib/db/unavailable.ts';
import type { Logger } from '#lib/log.ts';

const tries = 30;
const pauseMs = 1000;

/**
 * Whether the same may work a moment later: the database is down, or ended this transaction in favour of another. Anything
 * else is a fault of ours, which happens again each time.
 */
export function mayPass(error: unknown): boolean {
  return isDatabaseDown(error) || isConflict(error);
}

/** Retries the write for half a minute while it may succeed a moment later. */
export async function retryWrite(write: () => Promise<void>, log: Logger): Promise<void> {
  for (let left = tries; ; left--) {
    try {
      return await write();
    } catch (error) {
      if (left === 0 || !mayPass(error)) throw error;
      log.warn({ err: error }, 'not written yet: trying again');
      await sleep(pauseMs);
    }
  }
}
