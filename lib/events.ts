import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '#lib/db/client.ts';
import type { Listener } from '#lib/db/listener.ts';

/** NOTIFY channel of changed sessions. A hint that carries ids: what changed is read from the tables. */
const sessionsChannel = 'sluice_sessions';
/** NOTIFY channel of orders to workers that cannot wait for their next look at the tables. */
const ordersChannel = 'sluice_orders';

const change = z.object({ changed: z.array(z.string()).default([]), deleted: z.array(z.string()).default([]) });
export type SessionChange = z.output<typeof change>;

const order = z.discriminatedUnion('kind', [
  /** Stop what is running for this session: it was cancelled or deleted. */
  z.object({ kind: z.literal('stop'), sessionId: z.string() }),
  /** The session has another priority: 0 high, 1 normal, 2 low. */
  z.object({ kind: z.literal('priority'), sessionId: z.string(), priority: z.number() }),
  /** Budgets or prices are other ones now. */
  z.object({ kind: z.literal('settings') }),
  /** Hand everything back to the queue and start afresh. */
  z.object({ kind: z.literal('restart') }),
  /** The model's server asked one worker to wait: all do. */
  z.object({ kind: z.literal('pause'), until: z.number(), reason: z.string() }),
]);
export type WorkerOrder = z.output<typeof order>;

/** A payload of NOTIFY ends at 8,000 bytes; this many ids stay well below. */
const idsPerNotify = 150;

/** Tells all web processes that these sessions changed, when the transaction commits. One NOTIFY for the batch. */
export async function notifyChanged(tx: Executor, ids: readonly string[]): Promise<void> {
  await notifyIds(tx, 'changed', ids);
}

export async function notifyDeleted(tx: Executor, ids: readonly string[]): Promise<void> {
  await notifyIds(tx, 'deleted', ids);
}

async function notifyIds(tx: Executor, key: 'changed' | 'deleted', ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += idsPerNotify) {
    const payload = JSON.stringify({ [key]: ids.slice(from, from + idsPerNotify) });
    await tx.execute(sql`select pg_notify(${sessionsChannel}, ${payload})`);
  }
}

export async function orderWorkers(tx: Executor, what: WorkerOrder): Promise<void> {
  await tx.execute(sql`select pg_notify(${ordersChannel}, ${JSON.stringify(what)})`);
}

export interface Subscription {
  close(): Promise<void>;
}

/**
 * Listens on a connection of its own, made again when it is lost. `onConnect` runs at first and after each loss:
 * what was notified meanwhile was missed, so look at the tables again.
 */
export async function subscribe(
  listener: Listener,
  onChange: (change: SessionChange) => void,
  onConnect: () => void,
): Promise<Subscription> {
  const listening = await listener.listen(
    sessionsChannel,
    (text) => {
      const notice = parseNotice(change, text);
      if (notice) onChange(notice);
    },
    onConnect,
  );
  return { close: () => listening.unlisten() };
}

export async function subscribeOrders(
  listener: Listener,
  onOrder: (order: WorkerOrder) => void,
): Promise<Subscription> {
  const listening = await listener.listen(ordersChannel, (text) => {
    const notice = parseNotice(order, text);
    if (notice) onOrder(notice);
  });
  return { close: () => listening.unlisten() };
}

/**
 * null for what this version does not know: during an upgrade, processes of two versions hear each other. Whatever a
 * notification hints at can also be read from the tables.
 */
function parseNotice<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
