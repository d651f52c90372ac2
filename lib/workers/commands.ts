import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '#lib/db/client.ts';
import type { Listener } from '#lib/db/listener.ts';
import { parseNotification, type Subscription } from '#lib/events.ts';

/** NOTIFY channel of commands to workers that cannot wait for their next look at the tables. */
const commandsChannel = 'sluice_orders';

const command = z.discriminatedUnion('kind', [
  /** Stop what is running for this session: it was cancelled or deleted. */
  z.object({ kind: z.literal('stop'), sessionId: z.string() }),
  /** The session has another priority: 0 high, 1 normal, 2 low. */
  z.object({ kind: z.literal('priority'), sessionId: z.string(), priority: z.number() }),
  /** Budgets or prices have changed. */
  z.object({ kind: z.literal('settings') }),
  /** Return everything to the queue and restart. */
  z.object({ kind: z.literal('restart') }),
  /** The model's server asked one worker to wait: all do. */
  z.object({ kind: z.literal('pause'), until: z.number(), reason: z.string() }),
]);
export type WorkerCommand = z.output<typeof command>;

/** Sends a command to all workers, when the transaction commits. */
export async function commandWorkers(tx: Executor, what: WorkerCommand): Promise<void> {
  await tx.execute(sql`select pg_notify(${commandsChannel}, ${JSON.stringify(what)})`);
}

export async function subscribeCommands(
  listener: Listener,
  onCommand: (command: WorkerCommand) => void,
): Promise<Subscription> {
  const listening = await listener.listen(commandsChannel, (text) => {
    const sent = parseNotification(command, text);
    if (sent) onCommand(sent);
  });
  return { close: () => listening.unlisten() };
}
