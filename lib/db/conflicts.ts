import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict } from './statement-error.ts';

const maxTries = 5;
const maxPauseMs = 50;

/**
 * Carries it out again when PostgreSQL ended it in favour of another transaction (deadlock, serialization failure):
 * nothing of it was kept. After five times the error is the caller's.
 */
export async function retryConflicts<T>(action: () => Promise<T>, onRetry: (error: unknown) => void): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await action();
    } catch (error) {
      if (tries === maxTries || !isConflict(error)) throw error;
      onRetry(error);
      // So that the same two do not meet again.
      await sleep(Math.random() * maxPauseMs);
    }
  }
}

/** Deadlocks between our own statements are faults: each one is worth a line. */
export function logConflict(log: { warn: (facts: object, message: string) => void }): (error: unknown) => void {
  return (error) => log.warn({ err: error }, 'a transaction is repeated');
}
