import { generateKeyPairSync } from 'node:crypto';
import type { Context } from '#lib/context.ts';
import { newId } from '#lib/id.ts';
import { reportWorker } from '#lib/workers/registry.ts';

/** A worker that seems to be alive, for which passwords can be sealed. */
export async function reportIdleWorker({ db }: Pick<Context, 'db'>): Promise<void> {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const worker = { id: newId(), name: 'w', host: 'h', slots: 1, active: 0, isolation: 'none', version: 0 };
  await reportWorker(db, { ...worker, publicKey: publicKey.export({ type: 'spki', format: 'pem' }) });
}
