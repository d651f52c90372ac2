import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#scripts/supervisor/postgres.ts';
import { testDatabase } from './database.ts';
import { noSettings } from './no-settings.ts';

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

/** Runs `npm start`'s script with this environment, on a database of the test run's server, until it is ready. */
export async function startApp(env: Record<string, string> = {}): Promise<App> {
  const database = await testDatabase();
  const app = await startEmbedded({ DATABASE_URL: database.url, ...env });
  return {
    ...app,
    async stop() {
      const code = await app.stop();
      await database.drop();
      return code;
    },
  };
}

/** The same with a database that it brings itself. `dataDir` of an app before: the same installation again. */
export function startEmbedded(env: Record<string, string> = {}, dataDir?: string): Promise<App> {
  return start([process.execPath, 'scripts/supervisor/main.ts'], env, dataDir);
}

/** That through npm itself. */
export function startByNpm(): Promise<App> {
  return start(['npm', 'start'], {});
}

async function start(command: Command, env: Record<string, string>, dataDir?: string): Promise<App> {
  const dir = dataDir ?? (await mkdtemp(join(tmpdir(), 'sluice-app-')));
  const port = Number(env.PORT ?? (await freePort()));
  const child = run(command, { DATA_DIR: dir, PORT: String(port), ...env });
  const { output, ended, said } = watch(child);
  const winner = await Promise.race([said('Sluice is ready'), ended]);
  if (winner !== 'said') throw new Error(`Sluice did not start (exit code ${winner}):\n${output()}`);
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

/** Starts, and stops as by Ctrl-C as soon as it has said this. */
export async function stopEarly(env: Record<string, string>, text: string): Promise<Ending> {
  const child = run([process.execPath, 'scripts/supervisor/main.ts'], env);
  const { output, ended, said } = watch(child);
  await Promise.race([said(text), ended]);
  child.kill('SIGINT');
  return { code: await ended, output: output() };
}

/** Starts and waits for the end, for starts that must fail. */
export async function failToStart(env: Record<string, string>): Promise<Ending> {
  const { output, ended } = watch(run([process.execPath, 'scripts/supervisor/main.ts'], env));
  return { code: await ended, output: output() };
}

export async function removeData(app: App): Promise<void> {
  await rm(app.dataDir, { recursive: true, force: true });
}

type Command = readonly [program: string, ...parts: string[]];

interface Ending {
  code: number | null;
  output: string;
}

function run([program, ...parts]: Command, env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(program, parts, {
    env: { NODE_ENV: 'production', PATH, HOME, ...noSettings, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function watch(child: ChildProcess) {
  const chunks: string[] = [];
  const output = () => chunks.join('');
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const said = (text: string) =>
    new Promise<'said'>((resolve) => {
      child.stdout?.on('data', () => {
        if (output().includes(text)) resolve('said');
      });
    });
  return { output, ended, said };
}
