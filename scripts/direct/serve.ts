import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '#lib/log.ts';

/** Answers one request; its `signal` aborts when the client is gone. */
export type Handler = (request: Request) => Promise<Response>;

/**
 * Answers a request without Next, which drops `content-length` and does not always say that a client has gone. The
 * body is sent as fast as the client takes it, and cancelled when the client goes away.
 */
export async function serveDirectly(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const answer = await handler(toRequest(request, gone.signal));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (!answer.body || request.method === 'HEAD') {
      await answer.body?.cancel();
      response.end();
      return;
    }
    response.flushHeaders();
    await pipeline(Readable.fromWeb(answer.body as never), response);
  } catch (error) {
    // The headers are sent: all that can be done is to break off, so that nobody takes a part for the whole.
    response.destroy();
    if (!gone.signal.aborted) log.warn({ err: error, url: request.url }, 'an answer was broken off');
  }
}

function toRequest({ method = 'GET', url = '/', headers }: IncomingMessage, signal: AbortSignal): Request {
  const given = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each]));
  return new Request(new URL(url, 'http://localhost'), { method, headers: new Headers(given as never), signal });
}
