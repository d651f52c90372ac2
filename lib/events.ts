import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Actor, actorName } from '#lib/core/actor.ts';
import type { EventType } from '#lib/core/lifecycle.ts';
import type { Executor, Transaction } from '#lib/db/client.ts';
import type { Listener } from '#lib/db/listener.ts';
import { events } from '#lib/db/tables/events.ts';
import { newId } from '#lib/id.ts';

/** NOTIFY channel of changed sessions. A hint that carries ids: what changed is read from the tables. */
const sessionsChannel = 'sluice_sessions';

const change = z.object({ changed: z.array(z.string()).default([]), deleted: z.array(z.string()).default([]) });
export type SessionChange = z.output<typeof change>;

/** What a transition did, and who made it. */
export interface SessionEvent {
  type: EventType;
  sessionId: string;
  documentId?: string;
  run: number;
  actor: Actor;
}

/** A payload of NOTIFY ends at 8,000 bytes; this many ids stay well below. */
const idsPerNotify = 150;

/**
 * Writes an event to the outbox and notifies the web processes, both when the transaction commits. Only transitions record
 * events; progress is a notification alone.
 */
export async function record(tx: Transaction, { actor, documentId, ...event }: SessionEvent): Promise<void> {
  await tx.insert(events).values({
    ...event,
    id: newId(),
    documentId: documentId ?? null,
    actor: actorName(actor),
    // There are no endpoints that events are delivered to: none is outstanding.
    deliveredAt: sql`now()`,
  });
  const key = event.type === 'session.deleted' ? 'deleted' : 'changed';
  await notifyIds(tx, key, [event.sessionId]);
}

/** Notifies all web processes that these sessions changed, when the transaction commits. One NOTIFY for the batch. */
export async function notifyChanged(tx: Executor, ids: readonly string[]): Promise<void> {
  await notifyIds(tx, 'changed', ids);
}

async function notifyIds(tx: Executor, key: 'changed' | 'deleted', ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += idsPerNotify) {
    const payload = JSON.stringify({ [key]: ids.slice(from, from + idsPerNotify) });
    await tx.execute(sql`select pg_notify(${sessionsChannel}, ${payload})`);
  }
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
      const sent = parseNotification(change, text);
      if (sent) onChange(sent);
    },
    onConnect,
  );
  return { close: () => listening.unlisten() };
}

/**
 * null for what this version does not know: during an upgrade, processes of two versions hear each other. Whatever a
 * notification hints at can also be read from the tables.
 */
export function parseNotification<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
