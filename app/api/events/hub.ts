import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#lib/context.ts';
import { isDatabaseDown } from '#lib/db/unavailable.ts';
import { RequestError } from '#lib/core/errors.ts';
import { openEventClients } from '#app/api/events/clients.ts';
import { type SessionChange, subscribe } from '#lib/events.ts';
import { summarise } from '#lib/sessions/summary.ts';

/** Between two queries for changes so much time passes: what changes meanwhile makes one query, and one frame each. */
const burstMs = 100;
/** While the database is down, queries come ever less often, down to this. */
const maxPauseMs = 5000;
/** A comment so often keeps proxies and browsers from thinking the stream dead. */
const beatMs = 15_000;
/** More changes at once are not sent one by one: clients read again what they show. */
const maxFramesInFlight = 500;

export interface EventLimits {
  /** Streams of this process at the same time. */
  maxClients: number;
  /** What may wait for a client that does not read; beyond it the stream is ended. */
  maxBufferedBytes: number;
}

const standardLimits: EventLimits = { maxClients: 500, maxBufferedBytes: 4 * 1024 * 1024 };

/** Server-Sent Events of all changes of sessions, for all clients of a web process over one LISTEN connection. */
export interface EventHub {
  /**
   * A client's stream; of one session when it names one. Ends when `signal` aborts, and breaks when the client does not
   * read: it connects again then, and reads what it shows again.
   * @throws RequestError 503 when there are as many clients as this process serves
   */
  open(sessionId: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
  /** Clients at the moment. */
  clients(): number;
}

const encoder = new TextEncoder();
const beat = encoder.encode(': beat\n\n');

function frameOf(event: string, data: unknown): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

const ready = frameOf('ready', {});

export async function openEventHub(
  { db, sql, log }: Pick<Context, 'db' | 'sql' | 'log'>,
  { maxClients, maxBufferedBytes } = standardLimits,
): Promise<EventHub> {
  const clients = openEventClients(maxBufferedBytes);
  let changed = new Set<string>();
  let isSending = false;

  const flush = async (ids: readonly string[]) => {
    if (clients.count() === 0) return;
    if (ids.length > maxFramesInFlight) return clients.broadcast(ready, null);
    for (const session of await summarise(db, ids)) clients.broadcast(frameOf('session', session), session.id);
  };
  /** The first change is sent at once; one query ends before the next begins, so that no older row comes after a newer. */
  const sendChanges = async () => {
    if (isSending) return;
    isSending = true;
    let pauseMs = burstMs;
    while (changed.size > 0) {
      const ids = [...changed];
      changed = new Set();
      try {
        await flush(ids);
        pauseMs = burstMs;
      } catch (error) {
        pauseMs = Math.min(pauseMs * 2, maxPauseMs);
        log.warn({ err: error, sessions: ids.length }, 'changes could not be read');
        if (isDatabaseDown(error)) for (const id of ids) changed.add(id);
        // It would fail again: clients find out for themselves what changed.
        else clients.broadcast(ready, null);
      }
      await sleep(pauseMs);
    }
    isSending = false;
  };
  const onChange = (change: SessionChange) => {
    for (const id of change.deleted) clients.broadcast(frameOf('deleted', { id }), id);
    for (const id of change.changed) changed.add(id);
    void sendChanges();
  };
  // Notices were missed while the connection was away: clients look again at what they show.
  await subscribe(sql, onChange, () => clients.broadcast(ready, null));
  setInterval(() => clients.broadcast(beat, null), beatMs).unref();

  return {
    open(sessionId, signal) {
      if (clients.count() >= maxClients) {
        throw new RequestError(
          'unavailable',
          'too_many_streams',
          `This server has ${maxClients} event streams open, as many as it serves: close a tab or try again in a moment`,
          { retryAfterSeconds: 10 },
        );
      }
      return clients.add(sessionId, signal, ready);
    },
    clients: () => clients.count(),
  };
}

const shared: { sluiceHub?: Promise<EventHub> } = globalThis as never;

/** The hub of this process, opened on first use. */
export function eventHub(context: Context): Promise<EventHub> {
  shared.sluiceHub ??= openEventHub(context).catch((error: unknown) => {
    delete shared.sluiceHub;
    throw error;
  });
  return shared.sluiceHub;
}
