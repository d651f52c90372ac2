import type { Context } from '#lib/context.ts';
import { commandWorkers } from './commands.ts';

/** Has every worker on every machine return its documents to the queue and start again. */
export async function restartWorkers({ db }: Pick<Context, 'db'>): Promise<void> {
  await commandWorkers(db, { kind: 'restart' });
}
