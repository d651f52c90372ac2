import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { owner } from '#lib/core/actor.ts';
import { type Context, openServices } from '#lib/context.ts';
import { parseEnv } from '#lib/env.ts';
import { spool, type SpooledFile } from '#lib/files/spool.ts';
import { createLogger } from '#lib/log.ts';
import { testDatabase } from './database.ts';

export interface TestContext extends Context {
  close(): Promise<void>;
}

/** A context of its own: a fresh database with the ready-made schemas, and a storage folder that goes with it. */
export async function testContext(settings: Record<string, string> = {}): Promise<TestContext> {
  const database = await testDatabase();
  const dir = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  const env = parseEnv({ DATABASE_URL: database.url, DATA_DIR: dir, LOG_LEVEL: 'silent', ...settings });
  const services = await openServices('test', env, { monitor: false, log: createLogger('test', 'silent') });
  return {
    ...services,
    actor: owner,
    async close() {
      await services.close();
      await database.drop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A spooled upload with this text. */
export async function spoolText(context: Context, name: string, text: string): Promise<SpooledFile> {
  return spoolBytes(context, name, Buffer.from(text));
}

/** A spooled upload of these bytes. */
export async function spoolBytes(context: Context, name: string, bytes: Uint8Array): Promise<SpooledFile> {
  return spool(context.spoolDir, name, Readable.from([bytes]), { maxBytes: 10_000_000 });
}

/**
 * Waits until a condition holds, looking often; throws with what it saw last when it does not in time. The time is one
 * that only a hang reaches, unless the test is about it.
 */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, ms = 240_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`not so within ${ms} ms; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
