import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#lib/app-context.ts';
import { type SessionChange, subscribe } from '#lib/live.ts';
import { summarise } from '#lib/sessions/summary.ts';

/** Between two queries for changes so much time passes: what changes meanwhile makes one query, and one frame each. */
const burstMs = 100;
/** A comment so often keeps proxies and browsers from thinking the stream dead. */
const beatMs = 15_000;

type Send = (frame: Uint8Array) => void;

/** Server-Sent Events of all changes of sessions, for all clients of a web process over one LISTEN connection. */
export interface EventHub {
  /** A client's stream; of one session when it names one. Ends when `signal` aborts. */
  open(sessionId: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
}

const encoder = new TextEncoder();
const beat = encoder.encode(': beat\n\n');

function frameOf(event: string, data: unknown): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

async function openHub({ db, sql, log }: Pick<Context, 'db' | 'sql' | 'log'>): Promise<EventHub> {
  const clients = new Map<Send, string | null>();
  let changed = new Set<string>();
  let isSending = false;

  const broadcast = (frame: Uint8Array, id: string | null) => {
    for (const [send, only] of clients) if (!only || !id || only === id) send(frame);
  };
  const flush = async () => {
    const ids = [...changed];
    changed = new Set();
    if (clients.size === 0) return;
    for (const session of await summarise(db, ids)) broadcast(frameOf('session', session), session.id);
  };
  /** The first change is told at once; one query ends before the next begins, so that no older row comes after a newer. */
  const sendChanges = async () => {
    if (isSending) return;
    isSending = true;
    while (changed.size > 0) {
      await flush().catch((error: unknown) => log.warn({ err: error }, 'changes could not be read'));
      await sleep(burstMs);
    }
    isSending = false;
  };
  const onChange = (change: SessionChange) => {
    for (const id of change.deleted) broadcast(frameOf('deleted', { id }), id);
    for (const id of change.changed) changed.add(id);
    void sendChanges();
  };
  // Notices were missed while the connection was away: clients look again at what they show.
  await subscribe(sql, onChange, () => broadcast(frameOf('ready', {}), null));
  setInterval(() => broadcast(beat, null), beatMs).unref();

  return {
    open(sessionId, signal) {
      let send: Send = () => {};
      return new ReadableStream<Uint8Array>({
        start(controller) {
          send = (frame) => controller.enqueue(frame);
          clients.set(send, sessionId);
          signal.addEventListener('abort', () => {
            if (clients.delete(send)) controller.close();
          });
          send(frameOf('ready', {}));
        },
        cancel() {
          clients.delete(send);
        },
      });
    },
  };
}

const shared: { sluiceHub?: Promise<EventHub> } = globalThis as never;

/** The hub of this process, opened on first use. */
export function eventHub(context: Context): Promise<EventHub> {
  shared.sluiceHub ??= openHub(context).catch((error: unknown) => {
    delete shared.sluiceHub;
    throw error;
  });
  return shared.sluiceHub;
}
