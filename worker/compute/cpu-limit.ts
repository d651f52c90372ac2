import type { Worker } from 'node:worker_threads';

/** A thread that reports nothing for so long is stuck in one native call, which counts as the limit used up. */
const maxSilenceMs = 10_000;
const minPauseMs = 20;

/**
 * Calls `onBreach` once a thread has used `limitMs` of processor time beyond `usedMs`. Not by the clock on the wall: a busy
 * machine, or a process that was stopped for a while, says nothing about a page.
 * @returns ends the watch
 */
export function watchCpu(worker: Worker, usedMs: number, limitMs: number, onBreach: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = async () => {
    const spent = (await cpuMsOf(worker)) - usedMs;
    if (isOver) return;
    if (spent >= limitMs) onBreach();
    else wait(limitMs - spent);
  };
  // No thread uses more processor time than there was time.
  const wait = (ms: number) => {
    timer = setTimeout(() => void look(), Math.max(ms, minPauseMs));
  };
  wait(limitMs);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

async function cpuMsOf(worker: Worker): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(Infinity), maxSilenceMs);
  });
  // Rejected for a thread that has just ended: its exit settles the job.
  const usage = worker.cpuUsage().then(
    ({ user, system }) => (user + system) / 1000,
    () => 0,
  );
  try {
    return await Promise.race([usage, silence]);
  } finally {
    clearTimeout(timer);
  }
}
