import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestContext } from './context.ts';
import { noSettings } from './no-settings.ts';

/** A worker as a process of its own, that can be killed. */
export interface WorkerProcess {
  process: ChildProcess;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Asks it to end; gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `worker/main.ts` on a test's database and storage, and waits until it is ready. `onLog` is given its log. */
export async function startWorkerProcess(
  context: Pick<TestContext, 'env'>,
  settings: Record<string, string> = {},
  onLog?: (line: string) => void,
): Promise<WorkerProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const { DATABASE_URL = '', DATA_DIR } = context.env;
  const own = { DATABASE_URL, DATA_DIR, LOG_LEVEL: 'warn', WORKER_READERS: '1' };
  const child = spawn(process.execPath, ['worker/main.ts'], {
    env: { NODE_ENV: 'test', PATH, HOME, ...noSettings, ...own, ...settings },
    stdio: ['ignore', onLog ? 'pipe' : 'ignore', 'inherit', 'ipc'],
  });
  if (onLog && child.stdout) createInterface(child.stdout).on('line', onLog);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise<'ready'>((resolve) => child.on('message', () => resolve('ready')));
  const first = await Promise.race([ready, ended]);
  if (first !== 'ready') throw new Error(`the worker did not start: exit code ${first}`);
  return {
    process: child,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
