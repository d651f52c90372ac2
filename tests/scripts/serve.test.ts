import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '#lib/log.ts';
import { type Handler, serveDirectly } from '#scripts/web/serve.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** The port of a server that gives all requests to a handler. */
async function serve(handler: Handler, log = createLogger('test', 'silent')): Promise<number> {
  server = createServer((request, response) => void serveDirectly(handler, request, response, log));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Two requests on one connection, as they are written. Gives all that comes back once the second is answered. */
async function exchange(port: number, first: string, second: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  socket.write(first);
  await vi.waitFor(() => expect(received).toContain('first'), { timeout: 20_000 });
  socket.write(second);
  await vi.waitFor(() => expect(received).toContain('second'), { timeout: 20_000 });
  socket.destroy();
  return received;
}

describe('a body without Next', () => {
  it('comes in as many pieces as it was sent in, and its end is noticed', async () => {
    const port = await serve(async (request) => Response.json({ text: await request.text(), url: request.url }));
    const body = new ReadableStream({
      async start(to) {
        for (const part of ['a', 'b', 'c']) {
          to.enqueue(new TextEncoder().encode(part.repeat(100_000)));
          await new Promise(setImmediate);
        }
        to.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' };
    const answer = await fetch(`http://127.0.0.1:${port}//elsewhere/?q=1`, init);
    const { text, url } = await answer.json();
    expect(text).toBe('a'.repeat(100_000) + 'b'.repeat(100_000) + 'c'.repeat(100_000));
    expect(url).toBe('http://localhost/elsewhere/?q=1');
  });

  it('that nobody reads does not keep the connection from the next request', async () => {
    const size = 1_000_000;
    const port = await serve(
      async ({ method, body }) =>
        new Response(method === 'POST' ? `first ${(await body?.getReader().read())?.done}` : 'second'),
    );
    const head = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`;
    const received = await exchange(port, head + 'x'.repeat(size), 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(received.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it('that is cut off fails where it is read', async () => {
    const failed = Promise.withResolvers<unknown>();
    const port = await serve(async (request) => {
      await request.text().catch(failed.resolve);
      return new Response();
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf', () => socket.destroy());
    expect(await failed.promise).toBeInstanceOf(Error);
  });
});

describe('an answer without Next', () => {
  it('may set several cookies', async () => {
    const headers = new Headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    const port = await serve(async () => new Response(null, { headers }));
    expect((await fetch(`http://127.0.0.1:${port}/`)).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

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

  it('lets go of its body when the client went away before there was one', async () => {
    const cancelled = vi.fn<() => void>();
    const opened = Promise.withResolvers<AbortSignal>();
    const port = await serve(async ({ signal }) => {
      opened.resolve(signal);
      if (!signal.aborted) await once(signal, 'abort');
      return new Response(new ReadableStream({ cancel: cancelled }));
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await opened.promise;
    socket.destroy();
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce(), { timeout: 20_000 });
  });

  it('says so when the handler fails, and the log has the path without what was searched for', async () => {
    const log = createLogger('test', 'silent');
    const logged = vi.spyOn(log, 'error');
    const port = await serve(async () => {
      throw new Error('no such luck');
    }, log);
    const answer = await fetch(`http://127.0.0.1:${port}/api/sessions?q=Alvarez`);
    expect([answer.status, await answer.json()]).toMatchObject([500, { success: false, error: { code: 'internal' } }]);
    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.lastCall?.[0]).toMatchObject({ path: '/api/sessions' });
    expect(JSON.stringify(logged.mock.calls)).not.toContain('Alvarez');
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
