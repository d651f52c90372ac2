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
  resolve(process: ReaderProcess): void;
  reject(error: unknown): void;
}

/** At most `size` processes; a worn one is replaced at once, so that the next call finds a warm one. */
export function openPool(size: number, start: () => Promise<ReaderProcess>, log: Logger): Pool {
  const idle: ReaderProcess[] = [];
  const waiting: Waiting[] = [];
  const busy = new Set<ReaderProcess>();
  let starting = 0;
  let isClosed = false;

  function grow(): void {
    if (isClosed || idle.length + busy.size + starting >= size) return;
    starting += 1;
    start().then(
      (process) => {
        starting -= 1;
        if (isClosed) end(process);
        else {
          idle.push(process);
          serve();
        }
      },
      (error: unknown) => {
        starting -= 1;
        log.error({ err: error }, "a reader's process could not start");
        waiting.shift()?.reject(error);
        if (waiting.length > 0) grow();
      },
    );
  }

  function serve(): void {
    while (waiting.length > 0) {
      const process = idle.pop();
      if (!process) return grow();
      if (!process.isFit()) continue;
      const next = waiting.splice(
        Math.max(
          0,
          waiting.findIndex((one) => one.urgent),
        ),
        1,
      )[0];
      busy.add(process);
      next?.resolve(process);
    }
  }

  function end(process: ReaderProcess): void {
    process.end().catch((error: unknown) => log.error({ err: error }, "a reader's process could not be ended"));
  }

  grow();
  return {
    take(urgent, signal) {
      signal?.throwIfAborted();
      return new Promise((resolve, reject) => {
        const one = { urgent, resolve, reject };
        waiting.push(one);
        signal?.addEventListener(
          'abort',
          () => {
            const at = waiting.indexOf(one);
            if (at >= 0) waiting.splice(at, 1);
            reject(signal.reason);
          },
          { once: true },
        );
        serve();
      });
    },
    give(process) {
      busy.delete(process);
      if (process.isFit() && !isClosed) idle.push(process);
      else end(process);
      serve();
      grow();
    },
    async close() {
      isClosed = true;
      for (const one of waiting.splice(0)) one.reject(new Error('The readers are closed'));
      await Promise.all([...idle.splice(0), ...busy].map((process) => process.end()));
    },
  };
}
