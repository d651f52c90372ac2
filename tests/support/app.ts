import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#scripts/postgres.ts';

/** A running Sluice, started as a user starts it. */
export interface App {
  url: string;
  port: number;
  dataDir: string;
  process: ChildProcess;
  /** All that it printed so far. */
  output(): string;
  /** Ends as by Ctrl-C; gives the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Runs `npm start`'s script with this environment and waits until it says that it is ready.
 * `dataDir` of an app before: the same installation again.
 */
export async function startApp(env: Record<string, string> = {}, dataDir?: string): Promise<App> {
  const dir = dataDir ?? (await mkdtemp(join(tmpdir(), 'sluice-app-')));
  const port = Number(env.PORT ?? (await freePort()));
  const child = runStart({ DATA_DIR: dir, PORT: String(port), ...env });
  const { output, ended } = watch(child);
  const ready = new Promise<void>((resolve) => {
    const look = () => {
      if (output().includes('Sluice is ready')) resolve();
    };
    child.stdout?.on('data', look);
  });
  const winner = await Promise.race([ready.then(() => 'ready' as const), ended]);
  if (winner !== 'ready') throw new Error(`Sluice did not start (exit code ${winner}):\n${output()}`);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir: dir,
    process: child,
    output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      return ended;
    },
  };
}

/** Starts and waits for the end, for starts that must fail. */
export async function failToStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { output, ended } = watch(runStart(env));
  return { code: await ended, output: output() };
}

export async function removeData(app: App): Promise<void> {
  await rm(app.dataDir, { recursive: true, force: true });
}

function runStart(env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, ['scripts/start.ts'], {
    env: { NODE_ENV: 'production', PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function watch(child: ChildProcess) {
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { output: () => chunks.join(''), ended };
}
