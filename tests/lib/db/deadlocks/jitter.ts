import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** PostgreSQL over a line that takes a moment of its own for every statement, so that transactions meet in all ways. */
export async function startJitter(
  url: string,
  delayMs: () => number,
): Promise<{ url: string; close(): Promise<void> }> {
  const target = new URL(url);
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const ended = () => client.destroy();
    pipeline(client, delayed, upstream, ended);
    pipeline(upstream, client, ended);
  });
  async function* delayed(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      await sleep(delayMs());
      yield chunk;
    }
  }
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const slow = new URL(url);
  slow.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: slow.href,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
