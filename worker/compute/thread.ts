import { Worker } from 'node:worker_threads';
import { DocumentError } from '#lib/core/failures.ts';
import { watchCpu } from './cpu-limit.ts';
import { trackDefinitions } from './definitions.ts';
import type { ThreadMessage } from './protocol.ts';

/** A call that is to be run, and where its outcome goes. */
export interface Job {
  task: string;
  input: object;
  definition: object | null;
  /** Processor time that it may use. */
  limitMs: number;
  signal: AbortSignal | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** One thread: runs one job at a time. */
export interface Thread {
  /** Settles the job; resolves when the thread can take another one, or is gone. */
  run(job: Job): Promise<void>;
  /** Whether it can take another job: false as soon as it was asked to end, or ended by itself. */
  isAlive(): boolean;
  end(): Promise<void>;
}

/** Of short-lived values; with Node's own size a worker takes 95 MB more and is no faster. */
const youngMegabytes = 16;
/** A job that was aborted may end by itself within this: to start a thread takes longer. */
const abortGraceMs = 500;

/** Starts a thread that runs the tasks of a module; one that needs a larger heap ends alone. */
export function startThread(tasks: URL, heapMegabytes: number): Thread {
  const worker = new Worker(new URL('./thread-main.ts', import.meta.url), {
    workerData: tasks.href,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  const definitions = trackDefinitions();
  let usedMs = 0;
  let isAlive = true;
  let cause: Error | null = null;
  let onMessage: (message: ThreadMessage) => void = () => {};
  let onGone: () => void = () => {};

  worker.on('message', (message: ThreadMessage) => {
    usedMs = message.cpuMs;
    onMessage(message);
  });
  worker.on('error', (error: Error) => (cause = error));
  worker.on('exit', () => {
    isAlive = false;
    onGone();
  });
  /** The next message; null when the thread ended instead. */
  const next = () =>
    new Promise<ThreadMessage | null>((resolve) => {
      onMessage = resolve;
      onGone = () => resolve(null);
      if (!isAlive) resolve(null);
    });
  const end = async () => {
    // At once: an answer that is already on its way must not make it look ready for another job.
    isAlive = false;
    await worker.terminate();
  };
  const ready = next();
  worker.unref();

  return {
    isAlive: () => isAlive,
    end,
    async run(job) {
      worker.ref();
      if (!(await ready)) return job.reject(new Error('a compute thread could not start', { cause }));
      let breach: DocumentError | null = null;
      const stop = (error: DocumentError) => {
        breach = error;
        void end();
      };
      const unwatch = watchCpu(worker, usedMs, job.limitMs, () => stop(tooSlow(job.limitMs)));
      let grace: NodeJS.Timeout | undefined;
      const onAbort = () => {
        job.reject(job.signal?.reason);
        grace = setTimeout(() => void end(), abortGraceMs);
      };
      job.signal?.addEventListener('abort', onAbort, { once: true });
      const answer = next();
      try {
        if (job.signal?.aborted) return job.reject(job.signal.reason);
        const { task, input, definition } = job;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage({ task, input, definition: definition && definitions.refTo(definition) });
        settle(job, await answer, () => breach ?? whyEnded(cause, heapMegabytes));
      } catch (error) {
        // The input could not be sent, nor a definition that the thread now seems to have.
        job.reject(error);
        await end();
      } finally {
        clearTimeout(grace);
        job.signal?.removeEventListener('abort', onAbort);
        unwatch();
        worker.unref();
      }
    },
  };
}

function settle(job: Job, message: ThreadMessage | null, whyEnded: () => Error): void {
  if (message?.kind === 'value') job.resolve(message.value);
  else if (message?.kind === 'failure') job.reject(new DocumentError(message.failure.reason, message.failure.message));
  else if (message?.kind === 'error') job.reject(new Error(`the task ${job.task} failed`, { cause: message.error }));
  else job.reject(whyEnded());
}

function tooSlow(limitMs: number): DocumentError {
  const message = `It takes more than the ${limitMs / 1000} s of processor time allowed. Print it to a new PDF and upload that.`;
  return new DocumentError('too_complex', message);
}

function whyEnded(cause: Error | null, heapMegabytes: number): Error {
  const isOutOfMemory = cause && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (!isOutOfMemory) return new Error('a compute thread ended', { cause });
  const message = `It takes more than the ${heapMegabytes} MB of memory allowed. Print it to a new PDF and upload that.`;
  return new DocumentError('too_complex', message, { cause });
}
