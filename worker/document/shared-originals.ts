import type { FileType } from '#lib/core/file-types.ts';
import { lazyOriginal, type Original } from './original.ts';
import type { FileToRead } from '../readers/reader.ts';
import type { WorkerServices } from './document-work.ts';

/** Originals on this machine's disk, each there once however many need it. */
export interface SharedOriginals {
  /** @throws DocumentError when it is gone from the storage, and what `action` throws */
  use<T>(sha256: string, type: FileType, action: (file: FileToRead) => Promise<T>): Promise<T>;
  /** Removes them. Nothing may be using one any more. */
  close(): Promise<void>;
}

interface Shared {
  original: Original;
  users: number;
  /** Runs while nothing uses it. */
  timer?: NodeJS.Timeout;
}

/** Whoever draws a page mostly wants the next one, too. */
const idleMs = 30_000;

/** Of those that nothing uses, the `maxIdle` that were used last stay for a while. */
export function openSharedOriginals(
  services: Pick<WorkerServices, 'storage' | 'workDir'>,
  maxIdle: number,
): SharedOriginals {
  // In the order of their last use.
  const shared = new Map<string, Shared>();
  const removals = new Set<Promise<void>>();

  const remove = (sha256: string, one: Shared) => {
    clearTimeout(one.timer);
    if (shared.get(sha256) === one) shared.delete(sha256);
    const removal = one.original.close().finally(() => removals.delete(removal));
    removals.add(removal);
  };

  const take = (sha256: string, type: FileType): Shared => {
    const one = shared.get(sha256) ?? { original: lazyOriginal(services, sha256, type), users: 0 };
    clearTimeout(one.timer);
    one.users += 1;
    shared.delete(sha256);
    shared.set(sha256, one);
    return one;
  };

  const give = (sha256: string, one: Shared) => {
    one.users -= 1;
    if (one.users > 0) return;
    one.timer = setTimeout(() => remove(sha256, one), idleMs);
    one.timer.unref();
    const idle = [...shared].filter(([, { users }]) => users === 0);
    for (const [key, other] of idle.slice(0, Math.max(0, idle.length - maxIdle))) remove(key, other);
  };

  return {
    async use(sha256, type, action) {
      const one = take(sha256, type);
      try {
        // Room is made before more is fetched.
        await Promise.all(removals);
        // One that could not be fetched is fetched again by whoever needs it next.
        const file = await one.original.open().catch((error: unknown) => {
          if (shared.get(sha256) === one) shared.delete(sha256);
          throw error;
        });
        return await action(file);
      } finally {
        give(sha256, one);
      }
    },
    async close() {
      for (const [sha256, one] of shared) remove(sha256, one);
      await Promise.all(removals);
    },
  };
}
