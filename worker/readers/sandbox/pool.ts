import type { Logger } from '#lib/log.ts';
import { type ReaderProcess } from './process.ts';

/** Keeps processes warm and hands them out one call at a time. */
export interface Pool {
  /** Runs with a process of its own; `urgent` ones come before all others that wait. */
  take(urgent: boolean, signal?: AbortSignal): Promise<ReaderProcess>;
  give(process: ReaderProcess): void;
  close(): Promise<void>;
}

interface Waiting {
  urgent: boolean;
  resolve: (process: ReaderProcess) => void;
  reject: (error: unknown) => void;
}

/** At most `size` processes; a worn one is replaced at once, so that the next call finds a warm one. */
export function openPool(size: number, start: () => Promise<ReaderProcess>, log: Logger): Pool {
  const idle: ReaderProcess[] = [];
  const busy = new Set<ReaderProcess>();
  const starting = new Set<Promise<void>>();
  const waiting: Waiting[] = [];
  let isClosed = false;

  function grow(): void {
    if (isClosed || idle.length + busy.size + starting.size >= size) return;
    const started = startOne().finally(() => {
      starting.delete(started);
      serve();
    });
    starting.add(started);
  }

  async function startOne(): Promise<void> {
    try {
      const process = await start();
      if (isClosed) await process.end();
      else idle.push(process);
    } catch (error) {
      log.error({ err: error }, "a reader's process could not start");
      waiting.shift()?.reject(error);
    }
  }

  function serve(): void {
    while (waiting.length > 0) {
      const process = idle.pop();
      if (!process) return grow();
      if (!process.isFit()) continue;
      const urgent = waiting.findIndex((one) => one.urgent);
      const [next] = waiting.splice(Math.max(0, urgent), 1);
      busy.add(process);
      next?.resolve(process);
    }
  }

  grow();
  return {
    async take(urgent, signal) {
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<ReaderProcess>();
      const one = { urgent, resolve, reject };
      const leave = () => {
        const at = waiting.indexOf(one);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal?.reason);
      };
      waiting.push(one);
      signal?.addEventListener('abort', leave, { once: true });
      serve();
      try {
        return await promise;
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    give(process) {
      busy.delete(process);
      if (process.isFit() && !isClosed) idle.push(process);
      else process.end().catch((error: unknown) => log.error({ err: error }, "a reader's process could not be ended"));
      serve();
      grow();
    },
    async close() {
      isClosed = true;
      for (const one of waiting.splice(0)) one.reject(new Error('The readers are closed'));
      await Promise.all([...idle.splice(0), ...busy].map((process) => process.end()));
      await Promise.all(starting);
    },
  };
}
