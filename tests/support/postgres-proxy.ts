import { connect, createServer, type Socket } from 'node:net';

/** A boundary at which a statement is about to reach PostgreSQL, or has been carried out without its client knowing. */
interface Boundary {
  /** How many statements came before it through this proxy. */
  number: number;
  phase: 'before' | 'after';
}

export interface PostgresProxy {
  /** Where a client connects to instead. */
  url: string;
  /** Asked at each boundary; once it gives true nothing passes any more, in either direction. */
  breaksAt: ((boundary: Boundary) => boolean) | null;
  close(): Promise<void>;
}

/** What ends a statement in the protocol: Query or Sync (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
const statementEnds = new Set(['Q', 'S']);

/** A proxy before PostgreSQL that looks at each statement of its clients, so that they can be killed at any of them. */
export async function startPostgresProxy(url: string): Promise<PostgresProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let number = 0;
  let isBroken = false;
  const breaks = (phase: Boundary['phase']) => {
    isBroken ||= proxy.breaksAt?.({ number, phase }) ?? false;
    return isBroken;
  };

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isAsked = false;
    const frames = openFrames((frame, kind) => {
      const ends = statementEnds.has(kind);
      if (ends) number += 1;
      if (isBroken || (ends && breaks('before'))) return;
      isAsked ||= ends;
      upstream.write(frame);
    });
    client.on('data', frames);
    upstream.on('data', (chunk) => {
      // What PostgreSQL answers it says after the commit.
      if (isBroken || (isAsked && breaks('after'))) return;
      isAsked = false;
      client.write(chunk);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const proxied = new URL(url);
  proxied.port = String(typeof address === 'object' && address ? address.port : 0);
  const proxy: PostgresProxy = {
    url: proxied.href,
    breaksAt: null,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
  return proxy;
}

/** Cuts a stream into messages: a length without a kind for the first, a kind and a length for all others. */
function openFrames(onFrame: (frame: Buffer, kind: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = isFirst ? 0 : 1;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const frame = rest.subarray(0, length);
      rest = rest.subarray(length);
      const kind = isFirst ? '' : String.fromCodePoint(frame[0] ?? 0);
      isFirst = false;
      onFrame(frame, kind);
    }
  };
}
