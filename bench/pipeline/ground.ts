import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { owner } from '#lib/core/actor.ts';
import { type Context, openServices } from '#lib/context.ts';
import { parseEnv } from '#lib/env.ts';
import { createLogger } from '#lib/log.ts';
import { prepareDatabase } from '#lib/prepare-database.ts';
import { startPostgres } from '#scripts/supervisor/postgres.ts';

/** An installation of its own to measure on: PostgreSQL as `npm start` runs it, every commit safe on the disk. */
export interface Ground {
  context: Context;
  url: string;
  dataDir: string;
}

/** Opens an installation, lets it be used, and removes it. */
export async function onGround<T>(
  use: (ground: Ground) => Promise<T>,
  settings: Record<string, string> = {},
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  const postgres = await startPostgres({ dataDir });
  try {
    const env = parseEnv({ DATABASE_URL: postgres.url, DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...settings });
    const log = createLogger('bench', 'silent');
    await prepareDatabase(postgres.url, log);
    const context = { ...(await openServices('bench', env, { monitor: false, log })), actor: owner };
    try {
      return await use({ context, url: postgres.url, dataDir });
    } finally {
      await context.close();
    }
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
    await rm(dirname(postgres.dir), { recursive: true, force: true });
  }
}
