import type { Context } from '#lib/context.ts';
import type { Task } from '#lib/queue/tasks.ts';
import type { WorkerServices } from './document/document-work.ts';
import { type Lines, openLines } from './lines.ts';
import { loadFolder } from './load-folder.ts';

/** How a worker does one kind of small job: what each file of `worker/tasks` exports by default. */
export interface TaskHandler<Payload = never> {
  task: Task<Payload>;
  /** How many of them a worker does at a time. They hold no slot of documents. */
  concurrency: number;
  open(context: Context, services: WorkerServices): OpenHandler<Payload>;
}

interface OpenHandler<Payload> {
  /** `signal` aborts when the worker stops. When it throws, the task is tried again within its limits. */
  run(payload: Payload, signal: AbortSignal): Promise<void>;
  close?(): Promise<void>;
}

/** All small jobs of a worker. */
export interface TaskRunner {
  /** There may be something to do, of this task or of any. false when there is no task of this name. */
  wake(name?: string): boolean;
  close(): Promise<void>;
}

/** Declares a handler, so that the payload of a task and that of its handler agree. */
export function handleTask<Payload>(handler: TaskHandler<Payload>): TaskHandler<Payload> {
  return handler;
}

/** The handlers in a folder: a file more is a kind of job more. */
export function findHandlers(folder = new URL('./tasks/', import.meta.url)): Promise<TaskHandler[]> {
  return loadFolder(folder);
}

/** Claims and does the tasks of all handlers, until it is closed. */
export async function runTasks(
  context: Context,
  services: WorkerServices,
  handlers: readonly TaskHandler[],
): Promise<TaskRunner> {
  const stopping = new AbortController();
  const running = new Map<string, Lines>();
  const open = handlers.map((handler) => ({ handler, work: handler.open(context, services) }));
  for (const { handler, work } of open) {
    await context.queue.tasks.prepare(handler.task);
    running.set(handler.task.name, startLines(context, handler, work, stopping.signal));
  }
  return {
    wake(name) {
      const lines = name === undefined ? [...running.values()] : [running.get(name)].filter((one) => one !== undefined);
      for (const one of lines) one.wake();
      return lines.length > 0;
    },
    async close() {
      stopping.abort();
      await Promise.all([...running.values()].map((lines) => lines.close()));
      for (const { work } of open) await work.close?.();
    },
  };
}

function startLines<Payload>(
  { queue, log }: Pick<Context, 'queue' | 'log'>,
  { task, concurrency }: TaskHandler<Payload>,
  work: OpenHandler<Payload>,
  signal: AbortSignal,
): Lines {
  const doNext = async () => {
    const [claimed] = await queue.tasks.claim(task, 1);
    if (!claimed) return false;
    try {
      await work.run(claimed.payload, signal);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error, task: task.name }, 'a task failed');
      await claimed.failed(error instanceof Error ? error.name : 'failed');
      return true;
    }
    await claimed.done();
    return true;
  };
  return openLines(concurrency, doNext, (error) => {
    if (!signal.aborted) log.warn({ err: error, task: task.name }, 'tasks could not be claimed or settled');
  });
}
