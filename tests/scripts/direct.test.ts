import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '#lib/log.ts';
import { directRoute } from '#scripts/direct/routes.ts';
import { type Handler, serveDirectly } from '#scripts/direct/serve.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** The port of a server that gives all requests to a handler. */
async function serve(handler: Handler): Promise<number> {
  const log = createLogger('test', 'silent');
  server = createServer((request, response) => void serveDirectly(handler, request, response, log));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

describe('an answer without Next', () => {
  it('keeps status, headers, length and body, and has no body for HEAD', async () => {
    const port = await serve(
      async (request) =>
        new Response(`you want ${request.headers.get('range')}`, {
          status: 206,
          headers: { 'content-length': '17', 'x-one': '1' },
        }),
    );
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { range: 'bytes=0-' } });
    expect([answer.status, answer.headers.get('content-length'), answer.headers.get('x-one')]).toEqual([
      206,
      '17',
      '1',
    ]);
    expect(await answer.text()).toBe('you want bytes=0-');
    const head = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' });
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['17', '']);
  });

  it('ends its work when the client goes away, whether or not it had begun to send', async () => {
    const cancelled = vi.fn<() => void>();
    const opened = Promise.withResolvers<AbortSignal>();
    const port = await serve(async ({ signal }) => {
      opened.resolve(signal);
      return new Response(new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(1)), cancel: cancelled }));
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const signal = await opened.promise;
    await once(socket, 'data');
    socket.destroy();
    if (!signal.aborted) await once(signal, 'abort');
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce(), { timeout: 20_000 });
  });

  it('is broken off when its body fails, so that nobody takes a part for the whole', async () => {
    const port = await serve(async () => {
      const chunks = [new TextEncoder().encode('half')];
      return new Response(
        new ReadableStream({
          pull(to) {
            const chunk = chunks.pop();
            if (chunk) to.enqueue(chunk);
            else to.error(new Error('the storage went away'));
          },
        }),
      );
    });
    await expect(fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())).rejects.toThrow('terminated');
  });
});

it.each([
  ['GET', '/api/events', true],
  ['GET', '/api/events?session=1', true],
  ['GET', '/api/document/1/file', true],
  ['HEAD', '/api/document/1/file?x', true],
  ['POST', '/api/document/1/file', false],
  ['GET', '/api/document/1/2/file', false],
  ['GET', '/api/document//file', false],
  ['GET', '/api/sessions', false],
])('%s %s is served without Next: %s', (method, url, isDirect) => {
  expect(directRoute(method, url) !== null).toBe(isDirect);
});
