'use client';

import type { SessionSummary } from '#lib/sessions/summary.ts';

/** What one stream tells all tabs of a browser. */
export type LiveMessage =
  | { kind: 'session'; session: SessionSummary }
  | { kind: 'deleted'; id: string }
  /** Connected, for the first time or again: look at everything anew. */
  | { kind: 'ready' }
  | { kind: 'offline' };

type Listener = (message: LiveMessage) => void;

const name = 'sluice-events';
const listeners = new Set<Listener>();
let started = false;
let connected = true;

/** Hears every change of a session. The first call of a browser opens the stream; other tabs share it. */
export function listenLive(listener: Listener): () => void {
  listeners.add(listener);
  start();
  return () => listeners.delete(listener);
}

export function isConnected(): boolean {
  return connected;
}

/**
 * Browsers allow six connections per host, so one tab holds the stream for all: the one that has the lock.
 * When it closes, the lock and with it the stream goes to the next.
 */
function start(): void {
  if (started) return;
  started = true;
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', (event: MessageEvent<LiveMessage>) => tell(event.data));
  const tellAll = (message: LiveMessage) => {
    tell(message);
    channel.postMessage(message);
  };
  void navigator.locks.request(name, () => new Promise<void>(() => openStream(tellAll)));
}

function tell(message: LiveMessage): void {
  connected = message.kind !== 'offline';
  for (const listener of listeners) listener(message);
}

function openStream(tellAll: (message: LiveMessage) => void): void {
  const source = new EventSource('/api/events');
  source.addEventListener('ready', () => tellAll({ kind: 'ready' }));
  source.addEventListener('session', (event) => {
    const session: SessionSummary = JSON.parse(event.data);
    tellAll({ kind: 'session', session });
  });
  source.addEventListener('deleted', (event) => {
    const { id }: { id: string } = JSON.parse(event.data);
    tellAll({ kind: 'deleted', id });
  });
  source.addEventListener('error', () => {
    tellAll({ kind: 'offline' });
    // A refused connection is final for the browser, not for us: the server may be starting again.
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(() => openStream(tellAll), 2000);
  });
}
