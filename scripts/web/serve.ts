import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '#lib/log.ts';
import { addressOf } from './path.ts';

/** Answers one request; its `signal` aborts when the client is gone. */
export type Handler = (request: Request) => Promise<Response>;

const failure = {
  success: false,
  error: { code: 'internal', message: 'Something went wrong inside Sluice; its log says what.' },
};

/**
 * Answers a request without Next, which drops `content-length` and does not always say that a client has gone. Bodies
 * are taken as fast as the handler reads and sent as fast as the client takes, and end when the client goes away.
 */
export async function serveDirectly(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = hasBody(request) ? request.iterator({ destroyOnReturn: false }) : null;
  try {
    const answer = await handler(toRequest(request, body, gone.signal));
    response.statusCode = answer.status;
    response.setHeaders(answer.headers);
    // A response that is closed already takes no body, and would not say so.
    if (!answer.body || request.method === 'HEAD' || gone.signal.aborted) {
      await answer.body?.cancel();
      response.end();
    } else {
      response.flushHeaders();
      await pipeline(Readable.fromWeb(answer.body as never), response);
    }
  } catch (error) {
    // Without its query, which may hold what people search for.
    const path = addressOf(request.url ?? '/')?.pathname;
    if (!gone.signal.aborted) log.error({ err: error, path }, 'a request failed');
    // Once headers are sent, all that can be done is to break off, so that no one takes a part for the whole.
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify(failure));
  } finally {
    await dropRest(request, body);
  }
}

function hasBody({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

type Chunks = AsyncIterator<Uint8Array>;

function toRequest({ method = 'GET', url = '/', headers }: IncomingMessage, body: Chunks | null, signal: AbortSignal) {
  const given = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each]));
  return new Request(addressOf(url) ?? 'http://localhost', {
    method,
    headers: new Headers(given as never),
    signal,
    ...(body ? { body: streamOf(body), duplex: 'half' } : {}),
  });
}

/** Reads a chunk only when one is asked for. */
function streamOf(chunks: Chunks): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** What a handler left of a body is read and dropped: the client gets its answer, and the connection stays open. */
async function dropRest(request: IncomingMessage, body: Chunks | null): Promise<void> {
  await body?.return?.().catch(() => undefined);
  request.resume();
}
