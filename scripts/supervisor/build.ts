import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#lib/log.ts';
import { reportProgress } from './build-progress.ts';
import { LockTaken, takeLock } from './data-dir.ts';
import { StartError } from './start-error.ts';

const stamp = '.next/sluice-sources';
const lock = 'node_modules/.sluice-build.pid';
const sources = [
  'app/**/*',
  'lib/**/*.ts',
  'public/**/*',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/** Builds the web application when its sources are not those of the last build. */
export async function ensureBuilt(dataDir: string, log: Logger, signal: AbortSignal): Promise<void> {
  if (await isBuilt()) return;
  await alone(signal, async () => {
    // Another start may have built it meanwhile.
    if (await isBuilt()) return;
    const hash = await hashSources();
    log.info('building the web application, which is done once: about 20 s on two cores that have nothing else to do');
    await rm(stamp, { force: true });
    // Versions up to 0.1.0 left 130 MB there, and `next build` keeps it.
    await rm('.next/cache', { recursive: true, force: true });
    await build({ ...process.env, DATA_DIR: dataDir }, log, signal);
    await writeFile(stamp, hash);
  });
}

async function isBuilt(): Promise<boolean> {
  if (!existsSync('.next/BUILD_ID') || !existsSync(stamp)) return false;
  return (await readFile(stamp, 'utf8')) === (await hashSources());
}

/** Two starts in one checkout build one after the other. */
async function alone(signal: AbortSignal, action: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await takeLock(lock);
      break;
    } catch (error) {
      if (!(error instanceof LockTaken)) throw error;
      await sleep(500, undefined, { signal });
    }
  }
  try {
    await action();
  } finally {
    await rm(lock, { force: true });
  }
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const paths = [];
  for await (const entry of glob(sources, { withFileTypes: true }))
    if (entry.isFile()) paths.push(`${entry.parentPath}/${entry.name}`);
  for (const path of paths.toSorted()) hash.update(path.replace(process.cwd(), '')).update(await readFile(path));
  return hash.digest('hex');
}

/** In a group of its own, so that all of its processes end with it when the start is stopped. */
async function build(env: NodeJS.ProcessEnv, log: Logger, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build'], {
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const progress = reportProgress(child.stdout, log);
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const kill = () => void (child.pid && child.exitCode === null && process.kill(-child.pid, 'SIGKILL'));
  signal.addEventListener('abort', kill);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  signal.removeEventListener('abort', kill);
  progress.end(code === 0);
  signal.throwIfAborted();
  if (code !== 0) throw new StartError(`The web application could not be built:\n${output.join('')}`);
}
