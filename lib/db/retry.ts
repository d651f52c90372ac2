import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseDown } from './unavailable.ts';

const tries = 30;
const pauseMs = 1000;

/** Runs it again while the database is away, half a minute at most. It must be the same when it is carried out twice. */
export async function retryWhileDatabaseIsDown<T>(action: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await action();
    } catch (error) {
      if (left === 0 || !isDatabaseDown(error)) throw error;
      await sleep(pauseMs);
    }
  }
}
