import { randomUUID } from 'node:crypto';
import type { Storage } from './storage.ts';

const maxAgeMs = 3600_000;

/** A key for an object that shows what a store does and is deleted at once: `health/{time}/{id}`. */
export function probeKey(): string {
  return `health/${Date.now()}/${randomUUID()}`;
}

/** Deletes those that a process was killed at. */
export async function sweepProbes(storage: Storage): Promise<void> {
  const oldest = Date.now() - maxAgeMs;
  await storage.deleteAll('health', { onlyFolders: (time) => Number(time) < oldest });
}
