import { spawn } from 'node:child_process';
import { createLogger } from '#lib/log.ts';
import { ensureBuilt } from '#scripts/supervisor/build.ts';
import { freePort } from '#scripts/supervisor/postgres.ts';
import type { Ground } from './ground.ts';

/** The web process alone, on a ground. */
export interface Web {
  url: string;
  stop(): Promise<void>;
}

export async function startWeb({ url, dataDir }: Pick<Ground, 'url' | 'dataDir'>): Promise<Web> {
  await ensureBuilt(dataDir, createLogger('bench'), new AbortController().signal);
  const port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    PORT: String(port),
  } as const;
  const child = spawn(process.execPath, ['scripts/web/main.ts'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<'ended'>((resolve) => child.once('exit', () => resolve('ended')));
  const ready = new Promise<'ready'>((resolve) => child.once('message', () => resolve('ready')));
  if ((await Promise.race([ready, ended])) === 'ended') throw new Error('the web process did not start');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
