import { availableParallelism } from 'node:os';
import type { tasks as ownTasks } from './tasks.ts';
import { type Job, startThread, type Thread } from './thread.ts';

type Tasks = typeof ownTasks;
type TaskSet = { [name: string]: (input: never) => unknown };
export type TaskName<Set extends TaskSet = Tasks> = keyof Set & string;
export type TaskInput<Name extends TaskName<Set>, Set extends TaskSet = Tasks> =
  Parameters<Set[Name]> extends [] ? object : Parameters<Set[Name]>[0];
export type TaskOutput<Name extends TaskName<Set>, Set extends TaskSet = Tasks> = ReturnType<Set[Name]>;

export interface ComputeOptions {
  /** What takes turns with others: the document's id. */
  key: string;
  /** Processor time that the task may use. */
  limitMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Threads for the pure functions that work on text of documents. Nothing that a page holds can stop the worker: a task that
 * takes more than its limit is ended with its thread.
 */
export interface Compute<Set extends TaskSet = Tasks> {
  /**
   * Runs a task on copies of its input.
   * @throws DocumentError `too_complex` when it takes more than its limit, or too much memory; what the task throws as one;
   * the signal's reason when it aborts
   */
  run<Name extends TaskName<Set>>(
    task: Name,
    input: TaskInput<Name, Set>,
    options: ComputeOptions,
  ): Promise<TaskOutput<Name, Set>>;
  close(): Promise<void>;
}

interface Waiting extends Job {
  key: string;
}

/**
 * Opens the threads, the first of them at once. There is one more than processors, and a document never has all of them: one that
 * uses up every limit holds no one up.
 */
export function openCompute<Set extends TaskSet = Tasks>({
  tasks = new URL('./tasks.ts', import.meta.url),
  size = availableParallelism() + 1,
  heapMegabytes = 1024,
}: { tasks?: URL; size?: number; heapMegabytes?: number } = {}): Compute<Set> {
  const waiting: Waiting[] = [];
  /** Jobs that run, by key. */
  const running = new Map<string, number>();
  const threads = new Set<Thread>();
  const idle: Thread[] = [];
  let isClosed = false;

  const start = () => {
    const thread = startThread(tasks, heapMegabytes);
    threads.add(thread);
    return thread;
  };

  /** One that ended while it was idle is dropped: a job given to it would fail. */
  const takeThread = (): Thread => {
    for (let thread = idle.pop(); thread; thread = idle.pop()) {
      if (thread.isAlive()) return thread;
      threads.delete(thread);
    }
    return start();
  };

  const takeNext = (): Waiting | null => {
    const share = Math.max(1, size - 1);
    const counts = waiting.map(({ key }) => running.get(key) ?? 0);
    const least = Math.min(...counts);
    if (least >= share) return null;
    const [next] = waiting.splice(counts.indexOf(least), 1);
    return next ?? null;
  };

  const perform = async (job: Waiting, thread: Thread) => {
    running.set(job.key, (running.get(job.key) ?? 0) + 1);
    await thread.run(job);
    const left = (running.get(job.key) ?? 1) - 1;
    if (left > 0) running.set(job.key, left);
    else running.delete(job.key);
    if (thread.isAlive()) idle.push(thread);
    else threads.delete(thread);
    dispatch();
  };

  const dispatch = () => {
    while (!isClosed && waiting.length > 0 && (idle.length > 0 || threads.size < size)) {
      const job = takeNext();
      if (!job) return;
      void perform(job, takeThread());
    }
  };

  idle.push(start());
  return {
    run(task, input, { key, limitMs, signal }) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (isClosed) return reject(new Error('the compute threads are closed'));
        const onAbort = () => {
          const at = waiting.indexOf(job);
          if (at < 0) return;
          waiting.splice(at, 1);
          reject(signal?.reason);
        };
        const done = () => signal?.removeEventListener('abort', onAbort);
        const { definition, ...rest }: { definition?: object } = input;
        const job: Waiting = {
          key,
          task,
          input: rest,
          definition: definition ?? null,
          limitMs,
          signal,
          resolve: (value: Awaited<ReturnType<Set[typeof task]>>) => (done(), resolve(value)),
          reject: (error) => (done(), reject(error)),
        };
        signal?.addEventListener('abort', onAbort);
        waiting.push(job);
        dispatch();
      });
    },
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.reject(new Error('the compute threads are closed'));
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}
