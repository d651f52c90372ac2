/** The open event streams of a process. */
export interface EventClients {
  count(): number;
  /** A stream that begins with `first`. Of one session, or of all (null). */
  add(sessionId: string | null, signal: AbortSignal, first: Uint8Array): ReadableStream<Uint8Array>;
  /** To all clients of a session; to everyone when it is null. */
  broadcast(frame: Uint8Array, sessionId: string | null): void;
}

interface Client {
  sessionId: string | null;
  controller: ReadableStreamDefaultController<Uint8Array>;
}

/** The client did not read what was sent to it. */
class ClientTooSlow extends Error {
  override name = 'ClientTooSlow';
}

/**
 * Frames wait for a client while it is busy, up to `maxBufferedBytes`. One that has stopped reading, such as a process
 * that was suspended, would grow the memory of this process without end: its stream breaks instead.
 */
export function openEventClients(maxBufferedBytes: number): EventClients {
  const clients = new Set<Client>();

  const send = (client: Client, frame: Uint8Array) => {
    if ((client.controller.desiredSize ?? 0) >= frame.byteLength) return client.controller.enqueue(frame);
    clients.delete(client);
    // Not closed, which would keep what waits until it is read.
    client.controller.error(new ClientTooSlow(`more than ${maxBufferedBytes} bytes wait for an event stream`));
  };

  return {
    count: () => clients.size,
    add(sessionId, signal, first) {
      let leave = () => false;
      const source: UnderlyingDefaultSource<Uint8Array> = {
        start(controller) {
          // Gone before its stream opened: nothing would ever say so again.
          if (signal.aborted) return controller.close();
          const client = { sessionId, controller };
          leave = () => clients.delete(client);
          signal.addEventListener('abort', () => leave() && controller.close(), { once: true });
          clients.add(client);
          send(client, first);
        },
        cancel: () => void leave(),
      };
      return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: maxBufferedBytes }));
    },
    broadcast(frame, sessionId) {
      for (const client of clients)
        if (!client.sessionId || !sessionId || client.sessionId === sessionId) send(client, frame);
    },
  };
}
